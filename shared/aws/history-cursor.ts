import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { createHash } from 'node:crypto';
import { parseJson } from '../codecs/json-text';
import type { HistorySearch } from '../ports/lead-search';

/** Where an event is among the events of a lead id. The time is empty if it cannot be read. */
export type Place = Readonly<{ event_time: string; event_id: string }>;

/** By time, and by id where the times are equal, so that all pages of a search have one order. */
export const comparePlaces = (a: Place, b: Place): number =>
  compareTexts(a.event_time, b.event_time) || compareTexts(a.event_id, b.event_id);

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const cursor = t.type({ search: t.string, event_time: t.string, event_id: t.string });

/** Identifies a search in its cursors. */
const nameOf = ({ leadId, namespace = '' }: HistorySearch): string =>
  `lead:${createHash('sha256').update(`${leadId}/${namespace}`).digest('base64url').slice(0, 22)}`;

/** The cursor of the page that starts after a place. */
export const historyCursor = (search: HistorySearch, { event_time, event_id }: Place): string =>
  Buffer.from(JSON.stringify({ search: nameOf(search), event_time, event_id })).toString('base64url');

/** The place after which the page of a search starts. `undefined` for the first page. */
export const historyStart = (search: HistorySearch): E.Either<{ kind: 'bad-cursor' }, Place | undefined> =>
  search.cursor === undefined
    ? E.right(undefined)
    : pipe(
        parseJson(Buffer.from(search.cursor, 'base64url').toString()),
        E.flatMap((json): E.Either<unknown, t.TypeOf<typeof cursor>> => cursor.decode(json)),
        E.filterOrElseW(
          (place) => place.search === nameOf(search),
          () => 'of another search',
        ),
        E.mapLeft(() => ({ kind: 'bad-cursor' as const })),
      );
