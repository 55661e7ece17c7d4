import { replaceUnprintable } from '../../shared/codecs/visible-text';

/** A line of text that may have come from anybody, safe to be shown: what a terminal would act on is one replacement character each. */
export const printable = (line: string): string =>
  replaceUnprintable(line, (run) => '\u{fffd}'.repeat(Array.from(run).length));
