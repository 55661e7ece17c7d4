import * as t from 'io-ts';
import type { LeadId } from './lead-id';

/**
 * What a lead id is unique in: the id of the source that sent the event, or the `lead_namespace` that sources which share ids have in their
 * settings (docs/decisions/0017-leads-belong-to-their-source.md). It has the alphabet of a source's id.
 */
export const leadNamespace = t.refinement(
  t.string,
  (text) => text.length >= 1 && text.length <= 64 && text.isWellFormed(),
  'text of 1 to 64 characters',
);

/** A lead's identity: two sources may use one id for two leads. */
export type LeadRef = Readonly<{ leadId: LeadId; namespace: string }>;

/** An earlier version did not store the namespace: the events of each source had one of their own. */
export const namespaceOf = ({ namespace, source }: Readonly<{ namespace?: string; source: string }>): string =>
  namespace ?? source;
