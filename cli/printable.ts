/** What a terminal would take for an order instead of showing it, or for a change of direction. Line ends too: what is printed here is one line. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A line of text that may have come from anybody, safe to be shown. */
export const printable = (line: string): string => line.replace(unprintable, '\u{fffd}');
