import type { OnProgress } from '../progress';
import { withProgressReport } from '../unfinished';

/**
 * What became of the item of a quarantined request. `expired`: it would have expired. `gone`: its object was deleted
 * since it was listed.
 */
export type RebuiltRequest = 'written' | 'present' | 'expired' | 'gone' | 'unreadable';

type QuarantinePorts = Readonly<{
  /** Pages of the keys under `quarantine/`. */
  listQuarantine: () => AsyncIterable<readonly string[]>;
  /** Writes the item of a request that has none. */
  rebuildRequest: (key: string) => Promise<RebuiltRequest>;
  onUnreadable: (key: string) => void;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
}>;

/** How many requests there are, by what became of their items. */
export type QuarantineReport = Readonly<Partial<Record<RebuiltRequest, number>>>;

/**
 * Writes the items of quarantined requests again, one by one.
 *
 * @throws an Unfinished with the number of requests if a port fails
 */
export const rebuildQuarantine = async (ports: QuarantinePorts): Promise<QuarantineReport> => {
  const counts: Partial<Record<RebuiltRequest, number>> = {};
  let done = 0;
  await withProgressReport(
    () => ({ quarantined: done }),
    async () => {
      for await (const page of ports.listQuarantine()) {
        for (const key of page) {
          if (ports.isInterrupted()) return;
          const outcome = await ports.rebuildRequest(key);
          if (outcome === 'unreadable') ports.onUnreadable(key);
          counts[outcome] = (counts[outcome] ?? 0) + 1;
          ports.onProgress('quarantine', (done += 1), done);
        }
      }
    },
  );
  return counts;
};
