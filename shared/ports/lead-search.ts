import type { TaskEither } from 'fp-ts/TaskEither';
import type { EventItem } from '../stored/event-item';
import type { LeadId } from '../lead/lead-id';
import type { LeadItem } from '../stored/lead-item';
import type { StoreFailure } from './store-failure';

/** A search by one of the indexes. */
export type LeadSearch = Readonly<{
  by: 'email' | 'owner' | 'status';
  /** In the form of the index: see `searchKey`. */
  value: string;
  /** How many leads a page has at most. */
  limit: number;
  /** The `next` of an earlier page of the same search. */
  cursor?: string;
}>;

/** A lead and its newest event. The event is absent after its retention, and if it cannot be read. */
export type FoundLead = Readonly<{ lead: LeadItem; event: EventItem | undefined }>;

export type Page = Readonly<{
  leads: readonly FoundLead[];
  /** The cursor of the next page; absent on the last page. */
  next: string | undefined;
  /** Items that cannot be read. They do not keep the other leads from being found. */
  unreadable: readonly StoreFailure[];
}>;

/**
 * Finds leads, newest first.
 *
 * @returns Left: `bad-cursor` if the cursor is not from the same search
 */
export type FindLeads = (search: LeadSearch) => TaskEither<StoreFailure | { readonly kind: 'bad-cursor' }, Page>;

export type LeadHistory = Readonly<{
  /** The leads of the id, one for each namespace, the one with the newest event first. */
  leads: readonly FoundLead[];
  /** One page of their events, oldest first, and by id where the times are equal. */
  events: readonly EventItem[];
  /** The cursor of the next page; absent on the last page. */
  next: string | undefined;
  /** Leads, and events of this page, that cannot be read. They do not keep the others from being found. */
  unreadable: readonly StoreFailure[];
}>;

/** A search for the leads of an id, or for its lead in one namespace. */
export type HistorySearch = Readonly<{
  leadId: LeadId;
  namespace?: string;
  /** How many events a page has at most. */
  limit: number;
  /** The `next` of an earlier page of the same search. */
  cursor?: string;
}>;

/**
 * Reads the leads of an id, and one page of their events.
 *
 * @returns Left: `bad-cursor` if the cursor is not from the same search
 */
export type ReadHistory = (
  search: HistorySearch,
) => TaskEither<StoreFailure | { readonly kind: 'bad-cursor' }, LeadHistory>;
