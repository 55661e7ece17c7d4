import * as E from 'fp-ts/Either';
import type { EventItem } from '../../stored/event-item';
import type { EventsPage, Overview } from '../views/overview';
import { type EventLimits, EventModel } from './event-model';
import { type Latest, overviewOf } from './overview-of';
import type { Clock, OverviewPorts } from './overview-ports';
import { type Parts, partsOf } from './parts';
import { type EventQuery, searchEvents } from './search-events';

/** A model of the pipeline that is kept up to date while it runs. */
export type PipelineModel = Readonly<{
  /** Starts to count and to follow. Does nothing if the model runs. */
  start: () => void;
  /** Ends all reads. The numbers stay as they are. Leaves no timer. */
  stop: () => Promise<void>;
  overview: () => Overview;
  /** Whether each part was read, or could not be read, since the start: there is nothing more to wait for. */
  isSettled: () => boolean;
  /** Finds events, newest first. `Left`: the cursor is not one of this operation. */
  findEvents: (query: EventQuery) => E.Either<'bad-cursor', EventsPage>;
  /** Puts in an event that an action of the caller changed, so that the caller sees its own change at once. */
  apply: (event: EventItem) => void;
  /** Reads the failed events in the next poll, because the caller may have changed some of them. */
  lookAgain: () => void;
  /**
   * Calls a listener after each change. Changes can follow each other closely, so that a listener should compute the
   * overview at its own pace.
   *
   * @returns removes the listener
   */
  onChange: (listener: () => void) => () => void;
  /** Counts anew, even if there are more items than the limit. Does nothing while a count is running. */
  recount: () => void;
}>;

export type ModelSettings = Readonly<{
  limits: EventLimits;
  /** How often each part is read, in milliseconds. A read that takes long is repeated less often. */
  every: Readonly<{
    poll: number;
    queues: number;
    quarantine: number;
    activity: number;
    senders: number;
  }>;
  /** The pause between two counts, in milliseconds: so long for each event counted, between a least and a most. */
  countPause: Readonly<{ perEvent: number; least: number; most: number }>;
}>;

/**
 * A poll reads 16 partitions of keys: 8 read units, which cost about $0.004 an hour. 100 failed events at each poll are 50
 * read units more, $0.02 an hour. Counts of events of 1.5 KB with 20 ms of pause each cost $0.004 an hour.
 */
export const modelSettings: ModelSettings = {
  limits: { items: 1_000_000, rows: 5_000_000, reads: 20_000, failedReads: 100 },
  every: { poll: 1_000, queues: 5_000, quarantine: 30_000, activity: 60_000, senders: 60_000 },
  countPause: { perEvent: 20, least: 60_000, most: 900_000 },
};

/** The longest pause between two polls, in milliseconds. */
const longestPauseMs = 60_000;

const dayMs = 24 * 3_600_000;

/** What ends when the model stops. */
type Run = Readonly<{ abort: AbortController; parts: Parts; ended: Set<Promise<void>> }>;

/** Makes a model that reads nothing until it is started. */
export const pipelineModel = (
  ports: OverviewPorts,
  clock: Clock,
  settings: ModelSettings = modelSettings,
): PipelineModel => {
  const { limits, every, countPause } = settings;
  const events = new EventModel(ports, limits, clock);
  const latest: Latest = {};
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  let run: Run | undefined;
  let nextCount = 0;
  let isPolled = false;
  /** A count that was asked for stays asked for until one has ended. */
  let isAsked = false;

  const keep = ({ ended }: Run, work: Promise<void>): void => {
    ended.add(work);
    void work.finally(() => ended.delete(work)).catch(() => undefined);
  };

  const pauseAfter = ({ counted, rows }: EventModel): number => {
    // A scan that was given up has left no rows.
    if (counted.state !== 'complete') return countPause.most;
    return Math.min(countPause.most, Math.max(countPause.least, rows.size * countPause.perEvent));
  };

  const startCount = (current: Run): void => {
    if (events.isCounting) return;
    const asked = isAsked;
    nextCount = Infinity;
    const work = async (): Promise<void> => {
      await events.count(current.parts, current.abort.signal, asked, changed);
      // A table with more events than the model may hold would be scanned without an end.
      if (events.counted.state === 'limited') isAsked = false;
      nextCount = current.abort.signal.aborted ? 0 : clock.now().getTime() + pauseAfter(events);
    };
    keep(current, work());
  };

  const poll = async (current: Run): Promise<void> => {
    const { parts, abort } = current;
    while (!abort.signal.aborted) {
      const began = clock.now().getTime();
      // A clock that was set back puts the next count off.
      const isPutOff = nextCount !== Infinity && nextCount - began > countPause.most;
      if (began >= nextCount || isPutOff) startCount(current);
      const isChanged = await events.poll(parts);
      if (isChanged === undefined) return;
      const isFirst = !isPolled;
      isPolled = true;
      if (isChanged || isFirst) changed();
      // A poll of many events takes long, and is repeated less often.
      // The clock of the machine can jump while a poll runs: it must not stop the polls.
      const tookMs = Math.max(0, clock.now().getTime() - began);
      await clock.wait(Math.min(longestPauseMs, Math.max(every.poll - tookMs, 5 * tookMs)), abort.signal);
    }
  };

  const store =
    <Name extends keyof Latest>(name: Name) =>
    (value: NonNullable<Latest[Name]>): void => {
      latest[name] = value;
      changed();
    };

  const start = (): void => {
    if (run !== undefined) return;
    const abort = new AbortController();
    const parts = partsOf(clock, abort.signal, changed);
    const current: Run = { abort, parts, ended: new Set() };
    run = current;
    const since = () => new Date(clock.now().getTime() - dayMs);
    keep(current, poll(current));
    keep(
      current,
      parts.repeat('queues', () => ports.readQueues, every.queues, store('queues')),
    );
    keep(
      current,
      parts.repeat('quarantine', () => ports.readQuarantine, every.quarantine, store('quarantine')),
    );
    keep(
      current,
      parts.repeat('activity', () => ports.readActivities, every.activity, store('activities')),
    );
    keep(
      current,
      parts.repeat('senders', () => ports.readSenders(since()), every.senders, store('senders')),
    );
  };

  return {
    start,
    stop: async () => {
      const current = run;
      run = undefined;
      current?.abort.abort();
      await Promise.allSettled([...(current?.ended ?? [])]);
    },
    overview: () => overviewOf(events, latest, run?.parts.troubles() ?? [], limits.items, clock.now()),
    isSettled: () => {
      const failed = new Set(run?.parts.troubles().map(({ part }) => part));
      const isCounted = events.counted.state !== 'running' || failed.has('count');
      return (
        isCounted &&
        (isPolled || failed.has('events')) &&
        (latest.queues !== undefined || failed.has('queues')) &&
        (latest.quarantine !== undefined || failed.has('quarantine')) &&
        (latest.activities !== undefined || failed.has('activity')) &&
        (latest.senders !== undefined || failed.has('senders'))
      );
    },
    findEvents: (query) =>
      E.map((page: Omit<EventsPage, 'is_whole'>) => ({ ...page, is_whole: events.counted.state === 'complete' }))(
        searchEvents(events.rows, query),
      ),
    apply: (event) => {
      if (events.apply(event)) changed();
    },
    lookAgain: () => events.lookAgain(),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    recount: () => {
      isAsked = true;
      if (run === undefined) nextCount = 0;
      else startCount(run);
    },
  };
};
