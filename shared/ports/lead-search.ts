import type { TaskEither } from 'fp-ts/TaskEither';
import type { EventItem } from '../stored/event-item';
import type { LeadId } from '../lead/lead-id';
import type { LeadItem } from '../stored/lead-item';
import type { StoreFailure } from './store-failure';

export type LeadSearch = Readonly<{
  by: 'email' | 'owner' | 'status';
  /** In the form that the index holds: see `searchKey`. */
  value: string;
  limit: number;
  /** Where an earlier page of the same search ended. */
  cursor?: string;
}>;

/** A lead and the event that says what it is; the event is absent once its retention has ended, or where it can't be read. */
export type FoundLead = Readonly<{ lead: LeadItem; event: EventItem | undefined }>;

export type Page = Readonly<{
  leads: readonly FoundLead[];
  next: string | undefined;
  /** What another version of this code, or a person, has written. It must not keep the rest from being found. */
  unreadable: readonly StoreFailure[];
}>;

/** Newest first. A cursor that is not from the same search is `bad-cursor`. */
export type FindLeads = (search: LeadSearch) => TaskEither<StoreFailure | { readonly kind: 'bad-cursor' }, Page>;

export type LeadHistory = Readonly<{
  /** The leads that have this id, one for each namespace, the one with the newest event first. */
  leads: readonly FoundLead[];
  /** One page of them, in the order in which they happened, and by their ids where that was at the same time. */
  events: readonly EventItem[];
  next: string | undefined;
  /** Items of the leads and of this page that can't be read. They must not keep the rest from being found. */
  unreadable: readonly StoreFailure[];
}>;

/** The leads of an id, or the one that it has in a namespace. */
export type HistorySearch = Readonly<{
  leadId: LeadId;
  namespace?: string;
  /** How many events a page has at most. */
  limit: number;
  /** Where an earlier page of the same search ended. */
  cursor?: string;
}>;

/** What is known of a lead id. A cursor that is not from the same search is `bad-cursor`. */
export type ReadHistory = (
  search: HistorySearch,
) => TaskEither<StoreFailure | { readonly kind: 'bad-cursor' }, LeadHistory>;
