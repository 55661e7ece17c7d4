import type * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { HistorySearch } from '../ports/lead-search';
import { cursorOf, placeIn, searchName } from './search-cursor';

/** Where an event is among the events of a lead id. The time is empty if it cannot be read. */
export type Place = Readonly<{ event_time: string; event_id: string }>;

/** By time, and by id where the times are equal, so that all pages of a search have one order. */
export const comparePlaces = (a: Place, b: Place): number =>
  compareTexts(a.event_time, b.event_time) || compareTexts(a.event_id, b.event_id);

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const cursor = t.type({ search: t.string, event_time: t.string, event_id: t.string });

const nameOf = ({ leadId, namespace = '' }: HistorySearch): string => searchName('lead', `${leadId}/${namespace}`);

/** The cursor of the page that starts after a place. */
export const historyCursor = (search: HistorySearch, { event_time, event_id }: Place): string =>
  cursorOf({ search: nameOf(search), event_time, event_id });

/** The place after which the page of a search starts. `undefined` for the first page. */
export const historyStart = (search: HistorySearch): E.Either<{ kind: 'bad-cursor' }, Place | undefined> =>
  placeIn(cursor, nameOf(search), search.cursor);
