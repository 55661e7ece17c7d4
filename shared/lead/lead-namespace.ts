import * as t from 'io-ts';
import type { LeadId } from './lead-id';

/**
 * The scope in which a lead id is unique: the id of the source that sent the event. Sources that share lead ids have
 * the same `lead_namespace` in their settings instead (docs/decisions/0017-leads-belong-to-their-source.md). A
 * namespace has the same characters as the id of a source.
 */
export const leadNamespace = t.refinement(
  t.string,
  (text) => text.length >= 1 && text.length <= 64 && text.isWellFormed(),
  'text of 1 to 64 characters',
);

/** Identifies a lead. The id alone does not, because two sources may use one id for two leads. */
export type LeadRef = Readonly<{ leadId: LeadId; namespace: string }>;

/** The namespace of a stored event. Items of an earlier version have none: each source had a namespace of its own. */
export const namespaceOf = ({ namespace, source }: Readonly<{ namespace?: string; source: string }>): string =>
  namespace ?? source;
