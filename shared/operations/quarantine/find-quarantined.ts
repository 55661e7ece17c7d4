import type { QuarantineItem } from '../../stored/quarantine-item';
import { Interrupted } from '../interrupted';
import type { OnProgress } from '../progress';
import { includes, type QuarantineChoice } from './choose-quarantined';
import type { QuarantineStore } from './quarantine-ports';

export type FindPorts = Readonly<{
  store: Pick<QuarantineStore, 'sources' | 'items'>;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
}>;

/** `unreadable`: source and id of items that cannot be decoded. */
export type FoundQuarantined = Readonly<{ chosen: readonly QuarantineItem[]; unreadable: readonly string[] }>;

/**
 * Finds the chosen requests, oldest first. Changes nothing.
 *
 * @throws a StoreError if a store fails; an Interrupted
 */
export const findQuarantined = async (
  { store, onProgress, isInterrupted }: FindPorts,
  choice: QuarantineChoice,
): Promise<FoundQuarantined> => {
  const sources = choice.source === undefined ? await store.sources() : [choice.source];
  const chosen = new Map<string, QuarantineItem>();
  const unreadable: string[] = [];
  // One query of all items of a source, or one for each id.
  const prefixes = choice.ids.length === 0 ? [undefined] : choice.ids;
  for (const [index, source] of sources.entries()) {
    for (const prefix of prefixes) {
      if (isInterrupted()) throw new Interrupted();
      const found = await store.items(source, prefix);
      for (const item of found.items.filter(includes(choice))) chosen.set(`${source}\n${item.id}`, item);
      unreadable.push(...found.unreadable.map((id) => `${source} ${id}`));
    }
    onProgress('read', index + 1, sources.length);
  }
  return { chosen: [...chosen.values()].sort(byReceipt), unreadable: [...new Set(unreadable)] };
};

const byReceipt = (one: QuarantineItem, other: QuarantineItem): number =>
  one.received_at < other.received_at ? -1 : one.received_at > other.received_at ? 1 : 0;
