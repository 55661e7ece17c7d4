/** Characters that a text puts around an address, or between addresses. */
const around = String.raw`\s@"<>(),:;\\[\]`;

/** An e-mail address wherever it stands in a text, quoted or in brackets. Takes quadratic time: for short text only. */
export const addressInText = new RegExp(`[^${around}]+@[^${around}']+\\.[^${around}']+`, 'u');

/** Linear: each search begins at an `@`, and ends at the next one at the latest. */
const atDomain = new RegExp(`@[^${around}']+\\.[^${around}']+`, 'gu');

const ofLocalPart = new RegExp(`[^${around}]`, 'u');

/** A local part has at most 64 characters (RFC 5321 §4.5.3.1.1); its quotation marks come on top. */
const maxQuoted = 66;

/**
 * Replaces every e-mail address in a text of any length, also one whose local part is quoted. Takes linear time: a queue message of
 * 1 MiB may come from anybody.
 */
export const replaceAddresses = (text: string, replacement: string): string => {
  let replaced = '';
  let end = 0;
  for (const { index: at, 0: domain } of text.matchAll(atDomain)) {
    const start = localPartStart(text, at, end);
    if (start === undefined) continue;
    replaced += text.slice(end, start) + replacement;
    end = at + domain.length;
  }
  return replaced + text.slice(end);
};

/** Where the local part before an `@` begins, if there is one. */
const localPartStart = (text: string, at: number, end: number): number | undefined => {
  let start = at;
  while (start > end && ofLocalPart.test(text.charAt(start - 1))) start -= 1;
  // After an address that ended right here (`a@b.c@d.e`), the domain alone is the rest of another one.
  if (start < at || (at > 0 && at === end)) return start;
  if (text[at - 1] !== '"') return undefined;
  const from = Math.max(end, at - maxQuoted);
  const open = text.slice(from, at - 1).lastIndexOf('"');
  return open === -1 ? undefined : from + open;
};
