import { isDeepStrictEqual } from 'node:util';

/** A list as one reading left it, by the keys of its entries. `since` is the instant of the reading. */
export type ReadList<A> = Readonly<{ since: string; entries: Map<string, A> }>;

/** How many earlier lists are kept. A page is behind by one reading, or by more while it asks its user. */
const mostEarlier = 3;

/**
 * Puts the list of a new reading before those of the earlier ones. An entry that did not change since the reading before
 * is the same object in both, so that earlier lists take little memory.
 *
 * @param lists newest first
 */
export const withNewest = <A, List extends ReadList<A>>(
  lists: readonly List[],
  newest: List & ReadList<A>,
): readonly List[] => {
  const before = lists[0]?.entries;
  for (const [key, entry] of newest.entries) {
    const known = before?.get(key);
    if (known !== undefined && isDeepStrictEqual(known, entry)) newest.entries.set(key, known);
  }
  return [newest, ...lists.slice(0, mostEarlier)];
};
