/**
 * Control and format characters and line ends: a terminal, a mail program or an editor acts on them (escape sequences, bidirectional
 * controls) instead of showing them. Lone surrogates, private and unassigned characters show nothing that two readers agree on.
 */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** Nothing but these is blank: they draw nothing, or only space. U+2800 is the empty braille pattern. */
const blank = /^[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/**
 * Whether a text has no visible character. DynamoDB makes no key of an index of empty text, and nobody can ask for what he does not see:
 * control and format characters count as nothing.
 */
export const isBlank = (text: string): boolean => blank.test(text);

/** Replaces each run of characters that can't be shown, so that the result is one line of text that shows as it reads. */
export const replaceUnprintable = (text: string, replacement: (run: string) => string): string =>
  text.replace(unprintable, replacement);
