import { replaceUnprintable } from '../../../shared/codecs/visible-text';

/**
 * A text of a sender on one line. Characters that a browser acts on instead of showing them (control and bidirectional
 * characters) are shown as their code points.
 */
export const visible = (text: string): string => replaceUnprintable(text, codePoints);

/** The same for a text of several lines. */
export const visibleLines = (text: string): string =>
  replaceUnprintable(text, (run) => run.replace(/[^\n\t]+/gu, codePoints));

const codePoints = (run: string): string =>
  Array.from(run, (one) => `⟨U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`).join('');
