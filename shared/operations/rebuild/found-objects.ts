import type { LeadId } from '../../lead/lead-id';
import type { Owner } from '../../lead/owner';
import type { RawEvent, UnreadRaw } from '../../lead/recorded-event';

/** What there is under the key of a raw object. */
export type FoundRaw =
  | Readonly<{ kind: 'found'; raw: RawEvent | UnreadRaw }>
  /** It was deleted after it was listed. */
  | Readonly<{ kind: 'missing' }>
  /** The object is no JSON object. */
  | Readonly<{ kind: 'unreadable' }>
  /** The store refuses the object alone, so that nothing is known about it. */
  | Readonly<{ kind: 'refused' }>;

/** What there is under the key of an enriched object. An instant in UTC says when the object was written. */
export type FoundEnriched =
  | Readonly<{
      kind: 'found';
      leadId: LeadId;
      eventId: string;
      source: string;
      /** Absent if the object has no owner that can be read. */
      owner?: Owner;
      writtenAt: string;
    }>
  | Readonly<{ kind: 'missing' }>
  /** There is an object, but what it says cannot be read. */
  | Readonly<{ kind: 'unreadable'; writtenAt?: string }>
  /** The store refuses the object alone, so that nothing is known about it. */
  | Readonly<{ kind: 'refused' }>;
