import { listed } from './listed';

/** The windows in which a column is left out: below 1280 px, below 1000 px, or only below 560 px. */
export type HiddenBelow = 'medium' | 'narrow' | 'phone';

/** From the widest window to the narrowest: each also leaves out what the wider ones do. */
export const widths: readonly HiddenBelow[] = ['medium', 'narrow', 'phone'];

/**
 * Says which columns a window leaves out. `undefined` if it has all.
 *
 * @param fields where else all fields are, as a sentence
 */
export const leftOutText = (
  columns: readonly Readonly<{ title: string; hidden?: HiddenBelow }>[],
  width: HiddenBelow,
  fields: string,
): string | undefined => {
  const hidden = widths.slice(0, widths.indexOf(width) + 1);
  const titles = columns.flatMap((one) => (one.hidden !== undefined && hidden.includes(one.hidden) ? [one.title] : []));
  return titles.length === 0 ? undefined : `A wider window also has ${listed(titles)}. ${fields}`.trim();
};
