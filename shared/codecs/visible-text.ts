// The project's only definitions of characters that a reader does not see. Each user imports the part that it needs.

/** Control characters (general category Cc): line ends, tabs, escape sequences. A client may be unable to send them. */
const control = /\p{Cc}+/gu;

/**
 * Characters that draw nothing, or only a space: control and format characters, separators, characters that Unicode
 * calls default ignorable, and U+2800, the blank Braille pattern.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]+/gu;

/**
 * Characters that a terminal, a mail program or an editor acts on instead of showing them: control and format
 * characters (escape sequences, bidirectional controls) and line ends. Also lone surrogates, private and unassigned
 * characters, which have no common appearance. Spaces are printable.
 */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** The text without its control characters. */
export const withoutControl = (text: string): string => text.replace(control, '');

/**
 * The text as a reader sees it, without any spaces. Texts that look alike become equal more often; it is not for
 * display.
 */
export const withoutInvisible = (text: string): string => text.replace(invisible, '');

/** The text without invisible characters at its start and its end. A loop, because a pattern takes quadratic time. */
export const trimInvisible = (text: string): string => {
  const characters = Array.from(text);
  let start = 0;
  let end = characters.length;
  while (start < end && isBlank(characters[start] ?? '')) start += 1;
  while (end > start && isBlank(characters[end - 1] ?? '')) end -= 1;
  return characters.slice(start, end).join('');
};

/**
 * Whether a text has no visible character. Such a text counts as absent: DynamoDB accepts no empty text as a key of an
 * index, and a reader cannot search for a text that is not visible.
 */
export const isBlank = (text: string): boolean => withoutInvisible(text) === '';

/**
 * Replaces each run of unprintable characters. The result is one line if the replacement is.
 *
 * @param replacement gets the run, and returns what is shown for it
 */
export const replaceUnprintable = (text: string, replacement: (run: string) => string): string =>
  text.replace(unprintable, replacement);
