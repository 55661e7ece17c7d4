const english = new Intl.ListFormat('en-GB');

/** `a, b and c`. */
export const listed = (texts: readonly string[]): string => english.format(texts);
