import * as E from 'fp-ts/Either';
import type { FailureReason } from '../../lead/failure-reason';
import type { EventState } from '../../stored/event-state';
import type { EventPeriod } from '../views/event-period';
import type { EventsPage } from '../views/overview';
import type { EventRows, Row } from './event-rows';

/** A search for events. Without a state, source, reason or period it finds all of them. */
export type EventQuery = Readonly<{
  state?: EventState;
  source?: string;
  reason?: FailureReason;
  period?: EventPeriod;
  /** How many events a page has at most: 1 to 1,000. */
  limit: number;
  /** The `next` of an earlier page. */
  cursor?: string;
}>;

export const mostFound = 1_000;

/**
 * Finds events, newest first. A cursor names the last event of its page, so that new events do not move the next page.
 *
 * @returns Left: the cursor is not one of this operation
 */
export const searchEvents = (
  rows: EventRows,
  { state, source, reason, period, limit, cursor }: EventQuery,
): E.Either<'bad-cursor', Omit<EventsPage, 'is_whole'>> => {
  const before = cursor === undefined ? undefined : placeIn(cursor);
  if (before === 'bad-cursor') return E.left(before);
  const most = Math.max(1, Math.min(limit, mostFound));
  const isTimely = period === undefined ? () => true : inPeriod(period);
  const found: number[] = [];
  for (const row of rows.newestFirst(before)) {
    const one = rows.read(row);
    if (
      (state !== undefined && one.state !== state) ||
      (source !== undefined && one.source !== source) ||
      (reason !== undefined && one.reason !== reason) ||
      !isTimely(one)
    )
      continue;
    found.push(row);
    // One more than the page has says whether there is a next one.
    if (found.length > most) break;
  }
  const page = found.slice(0, most);
  const last = page.at(-1);
  return E.right({
    events: page.map((row) => rows.found(row)),
    next: found.length > most && last !== undefined ? cursorOf(rows, last) : null,
  });
};

const inPeriod = ({ during, from, to }: EventPeriod): ((row: Row) => boolean) => {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const name = ({ received: 'received', mailed: 'notified', failed: 'failed' } as const)[during];
  return (row) => row[name] >= fromMs && row[name] < toMs;
};

const cursorOf = (rows: EventRows, row: number): string =>
  Buffer.from(`${rows.read(row).received} ${rows.key(row)}`).toString('base64url');

const placeIn = (cursor: string): Readonly<{ received: number; key: string }> | 'bad-cursor' => {
  const [, received, key] = /^(-?\d{1,16}) ([^/]+\/.+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return received === undefined || key === undefined ? 'bad-cursor' : { received: Number(received), key };
};
