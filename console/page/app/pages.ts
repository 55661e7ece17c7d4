import { type ComponentType, lazy } from 'react';
import { Refusal } from '../pages/refusal';
import type { Path } from './addresses';

/** The pages. Each is a chunk of its own, loaded when it is opened. */
export const pages: Readonly<Record<Path, ComponentType>> = {
  '/': lazy(() => import('../pages/overview/overview').then(({ Overview }) => ({ default: Overview }))),
  '/leads': lazy(() => import('../pages/leads/leads').then(({ Leads }) => ({ default: Leads }))),
  '/leads/lead': lazy(() => import('../pages/lead/lead').then(({ Lead }) => ({ default: Lead }))),
  '/refused': Refusal,
};
