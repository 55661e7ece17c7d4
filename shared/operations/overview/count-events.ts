import type { FailureReason } from '../../lead/failure-reason';
import type { EventState } from '../../stored/event-state';
import type { Period } from '../views/overview';
import type { EventRows } from './event-rows';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export const hoursShown = 24;
export const daysShown = 30;

/**
 * What is counted of the events of a source. Times are milliseconds since 1970. `hours`: what was received in each of the
 * last 24 hours of the clock.
 */
export type SourceCount = { lastAt: number; lastHour: number; lastDay: number; failed: number; hours: number[] };

export const noLeads = (): SourceCount => ({
  ...{ lastAt: -Infinity, lastHour: 0, lastDay: 0, failed: 0 },
  hours: Array.from({ length: hoursShown }, () => 0),
});

export type EventCounts = Readonly<{
  /** How many events there are: the sum of `states`. */
  events: number;
  states: Readonly<Record<EventState, number>>;
  hours: readonly Period[];
  days: readonly Period[];
  dueToMailed: Readonly<{ count: number; p50: number | undefined; p99: number | undefined }>;
  /** The next time at which a pending event is due, and the longest past one. */
  nextDue: number | undefined;
  oldestDue: number | undefined;
  oldestFailed: number | undefined;
  failedByReason: Readonly<Partial<Record<FailureReason, number>>>;
  bySource: ReadonlyMap<string, SourceCount>;
}>;

type Series = { received: number; mailed: number; failed: number }[];

const emptySeries = (length: number): Series => Array.from({ length }, () => ({ received: 0, mailed: 0, failed: 0 }));

/**
 * Counts all events in one pass, which takes about 0.4 s for 1,000,000 events on a busy machine. Counters that are kept
 * at each change would need no pass, but the windows of time move without a change.
 */
export const countEvents = (rows: EventRows, now: Date): EventCounts => {
  const nowMs = now.getTime();
  const [firstHour, firstDay] = [firstPeriod(nowMs, hourMs, hoursShown), firstPeriod(nowMs, dayMs, daysShown)];
  const [hours, days] = [emptySeries(hoursShown), emptySeries(daysShown)];
  let events = 0;
  const states = { RECEIVED: 0, CLAIMED: 0, NOTIFIED: 0, FAILED: 0, DISCARDED: 0 };
  const bySource = new Map<string, SourceCount>();
  const failedByReason: Partial<Record<FailureReason, number>> = {};
  const times: number[] = [];
  let [nextDue, oldestDue, oldestFailed] = [Infinity, Infinity, Infinity];

  // Most events are older. Looking up an index that an array cannot have takes longer than all else here.
  const add = (what: keyof Series[number], time: number): void => {
    if (!(time >= firstDay)) return;
    const day = days[Math.floor((time - firstDay) / dayMs)];
    if (day !== undefined) day[what] += 1;
    if (time < firstHour) return;
    const hour = hours[Math.floor((time - firstHour) / hourMs)];
    if (hour !== undefined) hour[what] += 1;
  };

  for (let index = 0; index < rows.end; index += 1) {
    if (!rows.has(index) || rows.isExpired(index, nowMs / 1000)) continue;
    const row = rows.read(index);
    events += 1;
    states[row.state] += 1;
    add('received', row.received);
    add('mailed', row.notified);
    add('failed', row.failed);

    const source = bySource.get(row.source) ?? noLeads();
    bySource.set(row.source, source);
    source.lastAt = Math.max(source.lastAt, row.received);
    if (row.received > nowMs - hourMs) source.lastHour += 1;
    if (row.received > nowMs - dayMs) source.lastDay += 1;
    if (row.received >= firstHour) {
      const hour = Math.floor((row.received - firstHour) / hourMs);
      if (source.hours[hour] !== undefined) source.hours[hour] += 1;
    }

    switch (row.state) {
      case 'RECEIVED':
      case 'CLAIMED':
        if (row.due > nowMs) nextDue = Math.min(nextDue, row.due);
        else if (!Number.isNaN(row.due)) oldestDue = Math.min(oldestDue, row.due);
        break;
      case 'FAILED':
        source.failed += 1;
        // The comparison with NaN is false, and the minimum would be NaN.
        if (row.failed < oldestFailed) oldestFailed = row.failed;
        if (row.reason !== undefined) failedByReason[row.reason] = (failedByReason[row.reason] ?? 0) + 1;
        break;
      case 'NOTIFIED':
        if (!row.isRepeated && row.notified > nowMs - dayMs && !Number.isNaN(row.due))
          times.push(Math.max(0, row.notified - row.due));
        break;
      case 'DISCARDED':
    }
  }
  const sorted = Float64Array.from(times).sort();
  return {
    events,
    states,
    hours: periods(hours, firstHour, hourMs),
    days: periods(days, firstDay, dayMs),
    dueToMailed: { count: sorted.length, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) },
    nextDue: finite(nextDue),
    oldestDue: finite(oldestDue),
    oldestFailed: finite(oldestFailed),
    failedByReason,
    bySource,
  };
};

/** The start of the first of a number of periods. The last one has `now`. Days and hours of UTC have no gaps. */
const firstPeriod = (now: number, ms: number, length: number): number => Math.floor(now / ms) * ms - (length - 1) * ms;

const periods = (series: Series, first: number, ms: number): readonly Period[] =>
  series.map((counts, index) => ({ at: new Date(first + index * ms).toISOString(), ...counts }));

/** By nearest rank: the smallest time that at least this share of the times does not exceed. */
const percentile = (sorted: Float64Array, share: number): number | undefined =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];

const finite = (time: number): number | undefined => (Number.isFinite(time) ? time : undefined);
