import * as E from 'fp-ts/Either';
import { eventRef } from '../../lead/event-ref';
import { leadId, type LeadId } from '../../lead/lead-id';
import { searchValue } from '../../lead/search-value';
import type { FoundLead } from '../../ports/lead-search';
import type { EventItem } from '../../stored/event-item';
import type { EventState } from '../../stored/event-state';
import type { LeadItem } from '../../stored/lead-item';
import { type EventPeriod, isInPeriod } from '../views/event-period';
import type { FoundEvent } from '../views/overview';
import type { LeadPorts } from './lead-ports';

/** A field of leads by which they are searched. */
type By = Readonly<{ field: 'id' | 'email' | 'owner' | 'status'; value: string }>;

/**
 * A search for leads. `by` is absent in a search by state, source or period, and for all leads. It is never for a period
 * too: a lead that is found by a field comes with its newest event, whose time says nothing of the events before.
 */
export type LeadQuestion = Narrowed &
  (Readonly<{ by: By; period?: never }> | Readonly<{ by?: never; period?: EventPeriod }>);

type Narrowed = Readonly<{
  state?: EventState;
  source?: string;
  /** 1 to 100. */
  limit: number;
  /** The `next` of an earlier page of the same search. */
  cursor?: string;
}>;

/** A lead, an event of it, or both: at least one of them is present. */
export type FoundRow =
  Readonly<{ lead: LeadItem; event: EventItem | undefined }> | Readonly<{ lead: undefined; event: EventItem }>;

export type RowsPage = Readonly<{
  rows: readonly FoundRow[];
  next: string | undefined;
  /** How many items could not be decoded. */
  unreadable: number;
  /** Whether the search knew all leads. */
  isWhole: boolean;
}>;

/** Why there is no page. `empty-value`: nothing in the value that is searched for is visible. */
export type BadSearch = 'bad-cursor' | 'empty-value';

/**
 * Finds leads, newest first. A search by id, e-mail address, owner or status reads the table, and leaves out leads with
 * another state or source. Any other search asks the model of the pipeline for events: by
 * state or period it finds each such event, otherwise the newest event of each lead.
 *
 * @throws a StoreError if the table cannot be read
 */
export const searchLeads = async (ports: LeadPorts, question: LeadQuestion): Promise<E.Either<BadSearch, RowsPage>> => {
  const { by } = question;
  if (by === undefined) return searchEvents(ports, question);
  const { field, value } = by;
  if (field === 'id') return E.right(await searchId(ports, question, value.trim()));
  const key = searchValue(field, value);
  if (key === '') return E.left('empty-value');
  const { limit, cursor } = question;
  const page = await ports.findLeads({ by: field, value: key, limit, ...(cursor === undefined ? {} : { cursor }) });
  return page === 'bad-cursor'
    ? E.left(page)
    : E.right({
        rows: page.leads.filter(isIn(question)),
        next: page.next,
        unreadable: page.unreadable.length,
        isWhole: true,
      });
};

const isIn =
  (question: LeadQuestion) =>
  ({ lead, event }: FoundLead): boolean =>
    (question.source === undefined || lead.source === question.source) && isWanted(question)(event);

/** Whether an event has the state and the time of a search. */
const isWanted =
  ({ state, period }: LeadQuestion) =>
  (event: EventItem | undefined): boolean =>
    (state === undefined || event?.state === state) &&
    (period === undefined || (event !== undefined && isInPeriod(period, event)));

const searchId = async ({ history }: LeadPorts, question: LeadQuestion, id: string): Promise<RowsPage> => {
  const none: RowsPage = { rows: [], next: undefined, unreadable: 0, isWhole: true };
  if (!leadId.is(id)) return none;
  const { leads, unreadable } = await history(id);
  return { ...none, rows: leads.filter(isIn(question)), unreadable: unreadable.length };
};

/** So many pages of the model are read for one page of rows, if all of their events are of leads with newer ones. */
const mostPages = 10;

const searchEvents = async (
  { findEvents, leadsOfEvents }: LeadPorts,
  question: LeadQuestion,
): Promise<E.Either<BadSearch, RowsPage>> => {
  const isOfLeads = question.state === undefined && question.period === undefined;
  // The record can be newer than the model.
  const isStillWanted = isWanted(question);
  const rows: FoundRow[] = [];
  let [next, unreadable, isWhole] = [question.cursor, 0, true];
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = findEvents({ ...question, ...(next === undefined ? {} : { cursor: next }) });
    if (E.isLeft(page)) return page;
    const { events, is_whole } = page.right;
    const joined = events.length === 0 ? noLeads : await leadsOfEvents(events.flatMap(refOf));
    rows.push(
      ...joined.found.filter(({ lead, event }) =>
        isOfLeads ? lead === undefined || lead.event_id === event.event_id : isStillWanted(event),
      ),
    );
    unreadable += joined.unreadable;
    isWhole = is_whole;
    next = page.right.next ?? undefined;
    if (rows.length > 0 || next === undefined) break;
  }
  return E.right({ rows, next, unreadable, isWhole });
};

const noLeads = { found: [], unreadable: 0 } as const;

const refOf = ({ lead_id, event_id }: FoundEvent) => (isLeadId(lead_id) ? [eventRef({ lead_id, event_id })] : []);

const isLeadId = (text: string): text is LeadId => leadId.is(text);
