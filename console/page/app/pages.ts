import { type ComponentType, lazy } from 'react';
import { Refusal } from '../pages/refusal';
import type { Path } from './addresses';

/** The pages. Each is a chunk of its own, loaded when it is opened. */
export const pages: Readonly<Record<Path, ComponentType>> = {
  '/': lazy(() => import('../pages/overview/overview').then(({ Overview }) => ({ default: Overview }))),
  '/leads': lazy(() => import('../pages/leads/leads').then(({ Leads }) => ({ default: Leads }))),
  '/leads/lead': lazy(() => import('../pages/lead/lead').then(({ Lead }) => ({ default: Lead }))),
  '/dead-letters': lazy(() =>
    import('../pages/dead-letters/dead-letters').then(({ DeadLetters }) => ({ default: DeadLetters })),
  ),
  '/dead-letters/letter': lazy(() =>
    import('../pages/dead-letters/letter').then(({ Letter }) => ({ default: Letter })),
  ),
  '/dead-letters/missing': lazy(() =>
    import('../pages/dead-letters/missing').then(({ Missing }) => ({ default: Missing })),
  ),
  '/quarantine': lazy(() =>
    import('../pages/quarantine/quarantine').then(({ Quarantine }) => ({ default: Quarantine })),
  ),
  '/quarantine/request': lazy(() =>
    import('../pages/quarantine/request').then(({ QuarantinedRequest }) => ({ default: QuarantinedRequest })),
  ),
  '/sources': lazy(() => import('../pages/sources/sources').then(({ Sources }) => ({ default: Sources }))),
  '/sources/add': lazy(() => import('../pages/sources/add-source').then(({ AddSource }) => ({ default: AddSource }))),
  '/sources/source': lazy(() => import('../pages/sources/source').then(({ Source }) => ({ default: Source }))),
  '/owners': lazy(() => import('../pages/owners/owners').then(({ Owners }) => ({ default: Owners }))),
  '/send': lazy(() => import('../pages/send/send').then(({ Send }) => ({ default: Send }))),
  '/refused': Refusal,
};
