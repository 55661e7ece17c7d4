import { inParallel } from '../../tasks/in-parallel';
import type { Clock } from '../overview/overview-ports';
import { LineOrder } from './line-order';
import { lineOf, type LineFilter, type LogEvent, type LoggingFunction, type LogLine, matches } from './log-line';

/**
 * Reads the log of a function page by page. Times are milliseconds since 1970, both inclusive.
 *
 * @throws a StoreError if the log could not be read
 */
export type ReadLog = (
  functionName: LoggingFunction,
  from: number,
  to: number | undefined,
) => AsyncIterable<readonly LogEvent[]>;

export type TailPorts = Readonly<{
  readLog: ReadLog;
  clock: Clock;
  /** Is called when the log cannot be read while it is followed. The next reading tries again. */
  onFailure: (error: unknown) => void;
}>;

export type TailRequest = Readonly<{
  functions: readonly LoggingFunction[];
  filter: LineFilter;
  /** From when on lines are shown, in milliseconds since 1970. */
  since: number;
  /** Whether new lines are awaited after those that exist. */
  isFollowed: boolean;
}>;

/** A line can reach the log later than its time: a local cloud writes all lines of an invocation at its end. */
const pastHoldMs = 60_000;
/** Lines that are followed should be seen soon, so that they wait shorter for the lines of other functions. */
const liveHoldMs = 2_000;
/**
 * Each reading looks so far back for late lines: the longest timeout of a function (60 s) and the time until a line can be
 * found.
 */
const overlapMs = pastHoldMs + 15_000;
const pollMs = 1_000;
const longestWaitMs = 30_000;

/**
 * The past is read in slices of time, so that the lines of one slice fit into memory. Each slice with few lines makes the
 * next one four times as long, so that years without a line need few calls.
 */
const firstSliceMs = 60_000;
const shortestSliceMs = 1_000;
/** The lines of a day are expected to fit. The reading of a longer slice ends early if it has too many lines. */
const dayMs = 86_400_000;
const fewInSlice = 500;
const manyInSlice = 5_000;

/**
 * The log lines of several functions as one sequence in the order of their times. Each line comes once. Memory is bounded
 * by a slice of time and by the lines that are held back.
 *
 * @param signal ends the following
 * @throws a StoreError if the log cannot be read at first
 */
export async function* tailLog(
  { readLog, clock, onFailure }: TailPorts,
  { functions, filter, since, isFollowed }: TailRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly LogLine[]> {
  const order = new LineOrder();
  const isWanted = matches(filter);
  /** Events that were read, with their times: as long as they can be read again. */
  const seen = new Map<string, number>();

  /** @param most how many lines are read before the reading ends early. Each function may go beyond it by a page */
  const read = async (from: number, to: number | undefined, most = Infinity): Promise<number> => {
    let count = 0;
    const readOne = async (functionName: LoggingFunction): Promise<void> => {
      for await (const events of readLog(functionName, from, to)) {
        if (signal.aborted || count > most) return;
        for (const event of events) {
          const id = `${functionName} ${event.id}`;
          // Also lines that are read again, because the next slice should have as many lines as fit.
          count += 1;
          if (seen.has(id)) continue;
          seen.set(id, event.at);
          const line = lineOf(functionName, event);
          if (line !== undefined && isWanted(line)) order.add(line);
        }
      }
    };
    // A reading of another function must not outlive a failure.
    await inParallel(functions.map((name) => () => readOne(name)))();
    return count;
  };
  const forget = (before: number): void => {
    for (const [id, at] of seen) if (at < before) seen.delete(id);
  };

  let sliceMs = firstSliceMs;
  let from = since;
  const end = clock.now().getTime();
  while (from <= end && !signal.aborted) {
    const to = Math.min(from + sliceMs - 1, end);
    const isLong = to - from >= dayMs;
    const count = await read(from, to, isLong ? manyInSlice : undefined);
    // The lines that were read wait, and are not taken twice.
    if (isLong && count > manyInSlice) {
      sliceMs = Math.max(dayMs, sliceMs / 16);
      continue;
    }
    yield order.release(to - pastHoldMs);
    if (count > manyInSlice) sliceMs = Math.max(shortestSliceMs, sliceMs / 2);
    if (count < fewInSlice) sliceMs *= 4;
    from = to + 1;
    forget(from - overlapMs);
  }

  for (let failures = 0; isFollowed && !signal.aborted;) {
    const began = clock.now().getTime();
    // After a long failure, too, a slice must fit into memory.
    const to = began - from > firstSliceMs ? from + firstSliceMs : undefined;
    try {
      await read(Math.max(since, from - overlapMs), to);
      failures = 0;
      from = to ?? began;
      yield order.release(to === undefined ? began - liveHoldMs : to - pastHoldMs);
      forget(from - overlapMs);
      if (to !== undefined) continue;
    } catch (error) {
      failures += 1;
      onFailure(error);
    }
    const tookMs = clock.now().getTime() - began;
    await clock.wait(Math.min(longestWaitMs, Math.max(pollMs * 2 ** Math.min(failures, 10), 4 * tookMs)), signal);
  }
  yield order.release(Infinity);
}
