import type { QuarantineItem } from '../../stored/quarantine-item';
import type { OnProgress } from '../progress';
import { withProgressReport } from '../unfinished';
import type { QuarantineStore } from './quarantine-ports';

export type DiscardQuarantinedPorts = Readonly<{
  store: Pick<QuarantineStore, 'discard'>;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
}>;

/**
 * What became of a chosen request.
 *
 * - `discarded`: it was discarded, now or before.
 * - `revalidated`: nothing changed, because its leads have events.
 * - `gone`: it has expired.
 */
export type DiscardQuarantinedOutcome = 'discarded' | 'revalidated' | 'gone';

export type DiscardedQuarantined = Readonly<{ item: QuarantineItem; outcome: DiscardQuarantinedOutcome }>;

/**
 * Gives the chosen requests up, one by one. An interruption ends it after the current one.
 *
 * @param reason why, in the operator's words. The item keeps it
 * @throws an Unfinished with the counts `discarded` and `chosen` if a store fails
 */
export const discardQuarantined = async (
  { store, onProgress, isInterrupted }: DiscardQuarantinedPorts,
  chosen: readonly QuarantineItem[],
  reason: string,
): Promise<readonly DiscardedQuarantined[]> => {
  const done: DiscardedQuarantined[] = [];
  const discardEach = async (): Promise<void> => {
    for (const item of chosen) {
      if (isInterrupted()) return;
      done.push({ item, outcome: outcomeOf(await store.discard(item, reason)) });
      onProgress('discarded', done.length, chosen.length);
    }
  };
  await withProgressReport(
    () => ({ discarded: done.filter(({ outcome }) => outcome === 'discarded').length, chosen: chosen.length }),
    discardEach,
  );
  return done;
};

const outcomeOf = (unchanged: QuarantineItem | 'gone' | undefined): DiscardQuarantinedOutcome => {
  if (unchanged === undefined) return 'discarded';
  if (unchanged === 'gone') return 'gone';
  return unchanged.state === 'REVALIDATED' ? 'revalidated' : 'discarded';
};
