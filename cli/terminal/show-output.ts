import { coloured, type ColourOptions, usesColours } from './colours';
import { pagerFor, type PagerOptions, showInPager } from './pager';

export type OutputOptions = ColourOptions & PagerOptions;

/** Writes a result on standard output: through a pager if it is longer than the terminal. */
export const showOutput = (text: string, options: OutputOptions): void => {
  const pager = pagerFor(text, options, process.env, process.stdout);
  if (pager === undefined || !showInPager(pager, text, process.env)) process.stdout.write(text);
};

/** Colours a line for people, if standard output gets colours. */
export const withColours = (line: string, options: ColourOptions): string =>
  usesColours(options, process.env, process.stdout.isTTY) ? coloured(line) : line;
