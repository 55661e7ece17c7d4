/** Characters that a text has around an address, or between addresses. */
const around = String.raw`\s@"<>(),:;\\[\]`;

/**
 * Matches a text that contains an e-mail address, also in quotes or brackets. Takes quadratic time: for short texts
 * only.
 */
export const addressInText = new RegExp(`[^${around}]+@[^${around}']+\\.[^${around}']+`, 'u');

/** Takes linear time: each match begins at an `@`, and ends at the next one at the latest. */
const atDomain = new RegExp(`@[^${around}']+\\.[^${around}']+`, 'gu');

const ofLocalPart = new RegExp(`[^${around}]`, 'u');

/** The length of a quoted local part: at most 64 characters (RFC 5321 §4.5.3.1.1), and two quotation marks. */
const maxQuoted = 66;

/**
 * Replaces every e-mail address in a text of any length, including addresses with a quoted local part. Takes linear
 * time, because a stranger may have written the text, for example a queue message of 1 MiB.
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

/** The index at which the local part before an `@` begins, or `undefined` if there is no local part. */
const localPartStart = (text: string, at: number, end: number): number | undefined => {
  let start = at;
  while (start > end && ofLocalPart.test(text.charAt(start - 1))) start -= 1;
  // Directly after another address (`a@b.c@d.e`), the domain alone is replaced.
  if (start < at || (at > 0 && at === end)) return start;
  if (text[at - 1] !== '"') return undefined;
  const from = Math.max(end, at - maxQuoted);
  const open = text.slice(from, at - 1).lastIndexOf('"');
  return open === -1 ? undefined : from + open;
};
