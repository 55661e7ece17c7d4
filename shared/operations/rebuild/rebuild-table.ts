import * as RA from 'fp-ts/ReadonlyArray';
import { eventRef, eventRefKey } from '../../lead/event-ref';
import { rawKey, type RawKey } from '../../lead/raw-key';
import type { Owner } from '../../lead/owner';
import type { RecordedEvent } from '../../lead/recorded-event';
import type { Pace } from '../pace';
import type { OnProgress } from '../progress';
import { withProgressReport } from '../unfinished';
import type { FoundEnriched, FoundRaw } from './found-objects';
import { isPast, keyOfIngestion, rebuiltEvent, type RebuiltEvent } from './rebuilt-event';

export type RebuildPorts = Readonly<{
  /** Pages of the keys under `raw/`, in any order. */
  listRaw: () => AsyncIterable<readonly string[]>;
  readRaw: (key: RawKey) => Promise<FoundRaw>;
  readEnriched: (key: RawKey) => Promise<FoundEnriched>;
  /**
   * Writes the record of an event that has none. `present`: it has one, which stays as it is. In a restored table that no
   * function uses, an event that is pending, or FAILED before it was enriched, counts as one that has none. `untouched`: it has one, and no
   * worker has enriched the event since the loss. `refused`: the table accepts no such item.
   */
  writeEvent: (event: RebuiltEvent) => Promise<'written' | 'present' | 'untouched' | 'refused'>;
  /**
   * Writes what an event says about its lead, unless the lead has this event or a newer one. `isOwnerLost`: the lead may
   * have this event without its owner, or with that of an older event. Then the owner of a lead of this event is written.
   */
  writeLead: (record: RecordedEvent, owner: Owner | undefined, isOwnerLost: boolean) => Promise<'done' | 'refused'>;
  /** Of which of these events `writeEvent` would say that they are present, by `eventRefKey`. At most 100 events. */
  presentEvents: (events: readonly RebuiltEvent[]) => Promise<ReadonlySet<string>>;
  pace: Pace;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
  /** Called with each object that was left out or restored in part. */
  onProblem: (key: string, problem: RebuildProblem) => void;
}>;

export type RebuildSettings = Readonly<{
  /** The present time, an instant in UTC. */
  now: string;
  /** How many days an enriched object is kept. 0: for ever. */
  enrichedDays: number;
  /** How many days the record of an event is kept. */
  eventDays: number;
  /** How many objects there are, about. Only for the progress. */
  total: number;
  /** Whether to count only, and to write nothing. */
  isDryRun: boolean;
  /** How many keys are remembered at most, for the leads that are written last. */
  mostRemembered?: number;
}>;

/**
 * Why an object was left out, or restored in part:
 *
 * - `raw-unreadable`: it is no JSON object, or nothing says which event it is. It is left out.
 * - `raw-refused`: the store refuses the object. It is left out.
 * - `enriched-refused`: the store refuses the enriched object, so that it is unknown whether there was a mail. The event
 *   is left out.
 * - `mapping-lost`: the record is written without what the mapping read, and the lead is not written.
 * - `owner-unreadable`: the enriched object has no owner that can be read. The lead is written without it.
 * - `event-refused`: the table does not accept the record. The event is left out.
 * - `lead-refused`: the table does not accept the lead, which may be too large. Only the record is written.
 * - `lead-unread`: an object could not be read the second time. Only the record is written.
 */
export type RebuildProblem =
  | 'raw-unreadable'
  | 'raw-refused'
  | 'enriched-refused'
  | 'mapping-lost'
  | 'owner-unreadable'
  | 'event-refused'
  | 'lead-refused'
  | 'lead-unread';

/** What became of the objects. Each object is counted once, except in `problems`. */
export type RebuildReport = Readonly<{
  /** Objects that were read. */
  objects: number;
  /** Records that were written, by their state and reason. In a dry run: that would be written. */
  notified: number;
  failed: number;
  unconfirmed: number;
  /** The event has a record already. */
  present: number;
  /** The record would have expired. Only the lead is written. */
  expired: number;
  /** A copy of an object that has its own key, too. */
  copies: number;
  /** Left out because of a problem. */
  left_out: number;
  problems: Readonly<Partial<Record<RebuildProblem, number>>>;
}>;

type Counts = { -readonly [Name in keyof RebuildReport]: RebuildReport[Name] };

/** How many objects are processed at the same time. */
const atOnce = 16;

/**
 * Writes the items of a lost table again, from the objects of the raw and the enriched bucket. It queues nothing, mails
 * nothing, and changes no existing record of a table that is in use. So it can be repeated, and it can run while leads
 * arrive.
 *
 * A lead has the fields of its newest event, and the owner of its newest enriched event, in whatever order the objects
 * are listed. So the leads of enriched events are written first, and those of the other events after all of them.
 *
 * @throws an Unfinished with the counts if a port fails. Running it again completes the work
 */
export const rebuildTable = async (ports: RebuildPorts, settings: RebuildSettings): Promise<RebuildReport> => {
  const counts: Counts = {
    ...{ objects: 0, notified: 0, failed: 0, unconfirmed: 0, present: 0, expired: 0, copies: 0, left_out: 0 },
    problems: {},
  };
  const later = keysForLater(settings.mostRemembered ?? 50_000);
  const numbers = (): Readonly<Record<string, number>> => {
    const { problems, ...rest } = counts;
    return { ...rest, problems: Object.values(problems).reduce((sum, count) => sum + count, 0) };
  };
  await withProgressReport(numbers, async () => {
    await eachChunk(ports, ports.listRaw(), settings.total, 'rebuilt', async (keys) => {
      const found = (await Promise.all(keys.map((key) => findEvent(ports, settings, key)))).map(note(ports, counts));
      for (const one of found) if (one.kind === 'left-out') later.leaveOut(one.key);
      await writeFound(ports, settings, counts, later, found.filter(isEvent));
    });
    if (settings.isDryRun) return;
    await eachChunk(ports, later.pages(ports.listRaw), later.count(), 'leads', async (keys) => {
      const left = keys.filter((key) => !later.isLeftOut(key));
      await Promise.all(left.map((key) => writeLeadLater(ports, settings, counts, key)));
    });
  });
  return counts;
};

const eachChunk = async (
  { pace, onProgress, isInterrupted }: RebuildPorts,
  pages: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  total: number,
  activity: 'rebuilt' | 'leads',
  work: (keys: readonly string[]) => Promise<void>,
): Promise<void> => {
  let done = 0;
  for await (const page of pages) {
    for (const keys of RA.chunksOf(atOnce)(page)) {
      await keys.reduce((waited) => waited.then(() => pace(() => Promise.resolve())), Promise.resolve());
      if (isInterrupted()) return;
      await work(keys);
      onProgress(activity, (done += keys.length), Math.max(done, total));
    }
  }
};

type Found =
  | Readonly<{ kind: 'event'; key: RawKey; event: RebuiltEvent; problem?: RebuildProblem }>
  | Readonly<{ kind: 'left-out'; key: string; problem: RebuildProblem }>
  | Readonly<{ kind: 'copy' }>
  /** It was deleted since it was listed. */
  | Readonly<{ kind: 'gone' }>;

type FoundEvent = Extract<Found, { kind: 'event' }>;

const isEvent = (found: Found): found is FoundEvent => found.kind === 'event';

const findEvent = async (
  { readRaw, readEnriched }: RebuildPorts,
  settings: RebuildSettings,
  key: string,
): Promise<Found> => {
  if (!rawKey.is(key)) return { kind: 'left-out', key, problem: 'raw-unreadable' };
  const [found, enriched] = await Promise.all([readRaw(key), readEnriched(key)]);
  if (found.kind === 'missing') return { kind: 'gone' };
  if (found.kind === 'refused') return { kind: 'left-out', key, problem: 'raw-refused' };
  if (enriched.kind === 'refused') return { kind: 'left-out', key, problem: 'enriched-refused' };
  const event = found.kind === 'found' ? rebuiltEvent(found.raw, enriched, settings) : undefined;
  if (event === undefined) return { kind: 'left-out', key, problem: 'raw-unreadable' };
  const ingested = keyOfIngestion(event.facts);
  if (ingested !== key && (await readRaw(ingested)).kind === 'found') return { kind: 'copy' };
  const problem = problemOf(event, enriched);
  return { kind: 'event', key, event, ...(problem === undefined ? {} : { problem }) };
};

const problemOf = ({ record, owner }: RebuiltEvent, { kind }: FoundEnriched): RebuildProblem | undefined => {
  if (record === undefined) return 'mapping-lost';
  return kind !== 'missing' && owner === undefined ? 'owner-unreadable' : undefined;
};

const note =
  (ports: RebuildPorts, counts: Counts) =>
  (found: Found): Found => {
    if (found.kind === 'gone') return found;
    counts.objects += 1;
    if (found.kind === 'copy') counts.copies += 1;
    if (found.kind === 'left-out') counts.left_out += 1;
    if (found.kind === 'copy' || found.problem === undefined) return found;
    noteProblem(ports, counts, found.key, found.problem);
    return found;
  };

const noteProblem = ({ onProblem }: RebuildPorts, counts: Counts, key: string, problem: RebuildProblem): void => {
  counts.problems = { ...counts.problems, [problem]: (counts.problems[problem] ?? 0) + 1 };
  onProblem(key, problem);
};

/** DynamoDB deletes an item some time after its retention. An event is never brought back after that. */
const isExpired = ({ facts }: RebuiltEvent, { now, eventDays }: RebuildSettings): boolean =>
  isPast(facts.received_at, eventDays, now);

const writeFound = async (
  ports: RebuildPorts,
  settings: RebuildSettings,
  counts: Counts,
  later: KeysForLater,
  found: readonly FoundEvent[],
): Promise<void> => {
  const present = settings.isDryRun ? await ports.presentEvents(found.map(({ event }) => event)) : undefined;
  const written = (event: RebuiltEvent): ReturnType<RebuildPorts['writeEvent']> => {
    if (present === undefined) return ports.writeEvent(event);
    return Promise.resolve(present.has(eventRefKey(eventRef(event.facts))) ? 'present' : 'written');
  };
  await Promise.all(
    found.map(async ({ key, event }) => {
      const outcome = isExpired(event, settings) ? 'expired' : await written(event);
      if (outcome === 'refused') {
        counts.left_out += 1;
        noteProblem(ports, counts, key, 'event-refused');
        return;
      }
      counts[countOf(outcome, event)] += 1;
      if (settings.isDryRun || event.record === undefined) return;
      if (event.owner === undefined) later.add(key);
      // A worker that has enriched the event has written its owner, which may be newer than the one that was read here.
      else await writeLead(ports, counts, key, event, outcome !== 'present');
    }),
  );
};

/** An item that the table does not accept must not end the work, because running the command again cannot help. */
const writeLead = async (
  ports: RebuildPorts,
  counts: Counts,
  key: string,
  { record, owner }: RebuiltEvent,
  isOwnerLost: boolean,
): Promise<void> => {
  if (record === undefined) return;
  if ((await ports.writeLead(record, owner, isOwnerLost)) === 'refused')
    noteProblem(ports, counts, key, 'lead-refused');
};

const countOf = (
  outcome: 'written' | 'present' | 'untouched' | 'expired',
  { state }: RebuiltEvent,
): 'notified' | 'failed' | 'unconfirmed' | 'present' | 'expired' => {
  if (outcome !== 'written') return outcome === 'untouched' ? 'present' : outcome;
  if (state.state === 'NOTIFIED') return 'notified';
  return state.reason === 'record-lost' ? 'failed' : 'unconfirmed';
};

/**
 * The objects are read again, because to remember thousands of payloads would take too much memory. An event that was
 * enriched meanwhile has an older lead here than EnrichmentFunction wrote, or the same.
 */
const writeLeadLater = async (
  ports: RebuildPorts,
  settings: RebuildSettings,
  counts: Counts,
  key: string,
): Promise<void> => {
  if (!rawKey.is(key)) return;
  const [found, enriched] = await Promise.all([ports.readRaw(key), ports.readEnriched(key)]);
  if (found.kind === 'missing') return;
  if (found.kind !== 'found' || enriched.kind === 'refused') {
    noteProblem(ports, counts, key, 'lead-unread');
    return;
  }
  const event = rebuiltEvent(found.raw, enriched, settings);
  if (event !== undefined && event.owner === undefined) await writeLead(ports, counts, key, event, false);
};

/** Further ones would only be named twice. */
const mostLeftOut = 50_000;

type KeysForLater = ReturnType<typeof keysForLater>;

/**
 * Remembers keys, up to a number. If there are more, all objects are listed again, also those that were left out: so
 * these are remembered, too.
 */
const keysForLater = (most: number) => {
  const keys: string[] = [];
  const leftOut = new Set<string>();
  let count = 0;
  return {
    add: (key: string): void => {
      count += 1;
      if (count <= most) keys.push(key);
    },
    leaveOut: (key: string): void => {
      if (leftOut.size < mostLeftOut) leftOut.add(key);
    },
    isLeftOut: (key: string): boolean => leftOut.has(key),
    count: (): number => count,
    pages: (listAll: () => AsyncIterable<readonly string[]>) => (count <= most ? [keys] : listAll()),
  };
};
