/**
 * The rows that an action is for: the marked ones that are still in the list, or `all` that match if none was marked.
 * Marked rows that are gone make the choice smaller, and never all: the user chose those rows and no others.
 */
export const chosenRows = <Row>(
  rows: readonly Row[],
  marked: ReadonlySet<string>,
  keyOf: (row: Row) => string,
): readonly Row[] | 'all' => (marked.size === 0 ? 'all' : rows.filter((row) => marked.has(keyOf(row))));

/**
 * The marked rows after an action on those that were `marked` when it asked has begun: what was marked since stays marked.
 */
export const withoutActedOn = (now: ReadonlySet<string>, marked: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...now].filter((key) => !marked.has(key)));

/** How many of the marked rows are left, as a sentence. */
export const chosenText = (chosen: number, counted: string): string =>
  chosen > 0 ? `${counted} chosen.` : 'What was chosen is no longer in this list.';
