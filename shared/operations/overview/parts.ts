import * as E from 'fp-ts/Either';
import type { OverviewPart, Trouble } from '../views/overview';
import type { Clock, Part, PartFailure } from './overview-ports';
import { troubleKindOf } from './trouble-kind';

/** Waits after a failure, in milliseconds: doubled with each failure in a row, up to the longest. */
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/**
 * A read that takes long is repeated so seldom that at most this share of the time is spent on it. But the next one waits
 * no longer than `longestWaitMs`: the clock of the machine can jump while a read runs, or the machine can sleep.
 */
const busyShare = 0.1;

export type Parts = Readonly<{
  /**
   * Reads a part, again and again until it succeeds. While it fails, the overview has a trouble.
   *
   * @returns `undefined` if the signal aborted before it succeeded
   */
  read: <A>(part: OverviewPart, task: Part<A>) => Promise<A | undefined>;
  /** Reads a part at intervals until the signal aborts. `use` gets each result. */
  repeat: <A>(part: OverviewPart, task: () => Part<A>, everyMs: number, use: (result: A) => void) => Promise<void>;
  troubles: () => readonly Trouble[];
}>;

/** Runs the reads of a model. @param onTrouble is called when a part begins to fail, and when it works again */
export const partsOf = (clock: Clock, signal: AbortSignal, onTrouble: () => void): Parts => {
  const troubles = new Map<OverviewPart, Trouble>();

  const note = (part: OverviewPart, { failure, rights }: PartFailure): void => {
    const cause = failure.kind === 'unavailable' ? failure.cause : failure.paths.join(', ');
    const since = troubles.get(part)?.since ?? clock.now().toISOString();
    troubles.set(part, { part, kind: troubleKindOf(failure), cause, rights, since });
    onTrouble();
  };

  const read = async <A>(part: OverviewPart, task: Part<A>): Promise<A | undefined> => {
    for (let failures = 0; !signal.aborted; failures += 1) {
      const result = await task();
      if (E.isRight(result)) {
        if (troubles.delete(part)) onTrouble();
        return result.right;
      }
      note(part, result.left);
      await clock.wait(Math.min(longestWaitMs, firstWaitMs * 2 ** failures), signal);
    }
    return undefined;
  };

  return {
    read,
    repeat: async (part, task, everyMs, use) => {
      let began = 0;
      const timed =
        <A>(run: Part<A>): Part<A> =>
        () => {
          began = clock.now().getTime();
          return run();
        };
      while (!signal.aborted) {
        const result = await read(part, timed(task()));
        if (result === undefined) return;
        use(result);
        // Only the attempt that succeeded: the time of an outage says nothing about how long a read takes.
        const tookMs = clock.now().getTime() - began;
        await clock.wait(Math.max(everyMs, Math.min(longestWaitMs, tookMs / busyShare)), signal);
      }
    },
    troubles: () => [...troubles.values()],
  };
};
