import { replaceUnprintable } from '../../shared/codecs/visible-text';

/**
 * Makes a line safe to print on a terminal: each character that a terminal acts on becomes a replacement character.
 * Leads, ids and messages may hold any text.
 */
export const printable = (line: string): string =>
  replaceUnprintable(line, (run) => '\u{fffd}'.repeat(Array.from(run).length));
