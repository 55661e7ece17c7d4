import type { Either } from 'fp-ts/Either';
import type { EventRef } from '../../lead/event-ref';
import type { LeadId } from '../../lead/lead-id';
import type { RawKey } from '../../lead/raw-key';
import type { LeadHistory, LeadSearch, Page } from '../../ports/lead-search';
import type { EventItem } from '../../stored/event-item';
import type { EventState } from '../../stored/event-state';
import type { LeadItem } from '../../stored/lead-item';
import type { EventPeriod } from '../views/event-period';
import type { EventsPage } from '../views/overview';

/** An event and its lead. The lead is absent if its item was lost or cannot be decoded. */
export type LeadOfEvent = Readonly<{ event: EventItem; lead: LeadItem | undefined }>;

/** A stored object as text, or why there is none. */
export type StoredText =
  | Readonly<{ kind: 'found'; text: string }>
  | Readonly<{ kind: 'missing' }>
  /** `problems`: places, and what was expected there. */
  | Readonly<{ kind: 'unreadable'; problems: readonly string[] }>;

export type LeadPorts = Readonly<{
  /** @throws a StoreError. `bad-cursor`: the cursor is not of this search */
  findLeads: (search: LeadSearch) => Promise<Page | 'bad-cursor'>;
  /** All leads of an id with all of their events. @throws a StoreError */
  history: (leadId: LeadId) => Promise<LeadHistory>;
  /** Finds events in the model of the pipeline, newest first. */
  findEvents: (
    query: Readonly<{ state?: EventState; source?: string; period?: EventPeriod; limit: number; cursor?: string }>,
  ) => Either<'bad-cursor', EventsPage>;
  /** Reads at most 100 events and their leads. @throws a StoreError */
  leadsOfEvents: (
    refs: readonly EventRef[],
  ) => Promise<Readonly<{ found: readonly LeadOfEvent[]; unreadable: number }>>;
}>;

export type DocumentPorts = Readonly<{
  /** What the sender sent. @throws a StoreError if the bucket does not answer */
  rawText: (key: RawKey) => Promise<StoredText>;
  /** What EnrichmentFunction made of it. @throws a StoreError if the bucket does not answer */
  enrichedText: (key: RawKey) => Promise<StoredText>;
}>;
