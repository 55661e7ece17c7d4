import { isSilent, type SourceActivity } from '../../stored/source-activity';
import type { Overview, OverviewPart, SourceOverview, Trouble } from '../views/overview';
import { noLeads, type SourceCount } from './count-events';
import type { EventModel } from './event-model';
import type { QuarantineCount, QueueCount, Queues, SenderCount, Senders } from './overview-ports';

/** What was last read besides the events. `undefined`: not read yet. */
export type Latest = {
  queues?: Queues;
  quarantine?: QuarantineCount;
  activities?: readonly SourceActivity[];
  senders?: Senders;
};

/** Parts without which the numbers of events and messages are those of an earlier time. */
const live: ReadonlySet<OverviewPart> = new Set(['count', 'events', 'queues']);

/** Computes the overview from what is known. */
export const overviewOf = (
  model: EventModel,
  latest: Readonly<Latest>,
  troubles: readonly Trouble[],
  limit: number,
  now: Date,
): Overview => {
  const counts = model.counts();
  const { counted } = model;
  const isKnown = counted.state !== 'limited';
  const ifKnown = <A>(value: A): A | null => (isKnown ? value : null);
  return {
    at: now.toISOString(),
    stale_since: earliest(troubles.filter(({ part }) => live.has(part)).map(({ since }) => since)),
    troubles,
    counted: {
      state: counted.state,
      // Not the present number of rows: the counts can be older, and have no expired events.
      events: counts.events,
      about: counted.about ?? null,
      limit,
      at: counted.at?.toISOString() ?? null,
      is_counting: model.isCounting,
      unreadable: counted.unreadable,
    },
    events: ifKnown(counts.states),
    hours: ifKnown(counts.hours),
    days: ifKnown(counts.days),
    due_to_mailed: ifKnown({
      count: counts.dueToMailed.count,
      p50_ms: counts.dueToMailed.p50 ?? null,
      p99_ms: counts.dueToMailed.p99 ?? null,
    }),
    delay_queue: {
      ...queueOf(latest.queues?.delay),
      next_due_at: timeText(counts.nextDue),
      oldest_due_at: timeText(counts.oldestDue),
    },
    retry_queue: queueOf(latest.queues?.retry),
    dead_letters: {
      waiting: latest.queues?.dead.waiting ?? null,
      hidden: latest.queues?.dead.inFlight ?? null,
      oldest_failed_at: ifKnown(timeText(counts.oldestFailed)),
      by_reason: ifKnown(counts.failedByReason as Readonly<Record<string, number>>),
    },
    quarantine: quarantineOf(latest.quarantine),
    rejected_by_reason: latest.senders?.rejectedByReason ?? null,
    senders_read_from: latest.senders?.from ?? null,
    sources: sourcesOf(counts.bySource, isKnown, latest, now),
  };
};

const earliest = (times: readonly string[]): string | null => [...times].sort()[0] ?? null;

const timeText = (time: number | undefined): string | null =>
  time === undefined ? null : new Date(time).toISOString();

const queueOf = (queue: QueueCount | undefined) => ({
  waiting: queue?.waiting ?? null,
  in_flight: queue?.inFlight ?? null,
});

const quarantineOf = (quarantine: QuarantineCount | undefined): Overview['quarantine'] =>
  quarantine === undefined
    ? null
    : {
        count: quarantine.byKind.body + quarantine.byKind.lead,
        oldest_at: quarantine.oldestAt ?? null,
        by_kind: quarantine.byKind,
        is_whole: quarantine.isWhole,
      };

/** Every source that any part knows, by id. */
const sourcesOf = (
  counts: ReadonlyMap<string, SourceCount>,
  isKnown: boolean,
  { quarantine, activities, senders }: Readonly<Latest>,
  now: Date,
): readonly SourceOverview[] => {
  const activityOf = new Map(activities?.map((activity) => [activity.sk, activity]));
  const ids = new Set([
    ...counts.keys(),
    ...activityOf.keys(),
    ...(quarantine?.bySource.keys() ?? []),
    ...(senders?.bySource.keys() ?? []),
  ]);
  return [...ids].sort().map((source): SourceOverview => {
    const count = isKnown ? (counts.get(source) ?? noLeads()) : undefined;
    const activity = activityOf.get(source);
    const sender = senders?.bySource.get(source) ?? (senders?.from === 'log' ? nothingSent : undefined);
    return {
      source,
      last_at: timeText(count === undefined || count.lastAt === -Infinity ? undefined : count.lastAt),
      last_hour: count?.lastHour ?? null,
      last_day: count?.lastDay ?? null,
      by_hour: count?.hours ?? null,
      failed: count?.failed ?? null,
      quarantined: quarantine === undefined ? null : (quarantine.bySource.get(source) ?? 0),
      rejected: sender?.rejected ?? null,
      rejected_by_reason: sender?.byReason ?? null,
      keys_matched: sender?.secrets ?? null,
      is_silent: activity === undefined ? null : isSilent(activity, now),
      silence_hours: activity?.silence_hours ?? null,
    };
  });
};

/** The log names every source. A metric has only the sources that the parameter MetricSources lists. */
const nothingSent: SenderCount = { rejected: 0, byReason: {}, secrets: { first: 0, second: 0, previous: 0 } };
