/** What differs from run to run; the rest of an answer is compared as it is written. */
const varying: readonly (readonly [written: string, pattern: string])[] = [
  ['\\d{8}T\\d{9}Z', '\\d{8}T\\d{9}Z'],
  ['\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z', '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z'],
  ['\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d +\\d+', '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d +\\d+'],
  ['[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}', '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}'],
  ['\\b[0-9a-f]{8}-…', '[0-9a-f-]+'],
  ['\\b[0-9a-f]{8}…', '[0-9a-f]+'],
  ['\\b[0-9a-f]{32}\\b', '[0-9a-f]{32}'],
  ['\\b[0-9a-f]{12}\\b', '[0-9a-f]{12}'],
  ['\\d+ s$', '\\d+ (?:s|min)'],
  ['…', '[^]*?'],
];

const anyVarying = new RegExp(varying.map(([written]) => `(${written})`).join('|'), 'gm');

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * What an answer that a page shows allows: ids, dates and ages of their form, anything for `…`, and else the same text.
 */
export const shapeOf = (shown: string): RegExp => {
  let pattern = '';
  let from = 0;
  for (const match of shown.matchAll(anyVarying)) {
    const groups: readonly (string | undefined)[] = match.slice(1);
    const which = groups.findIndex((group) => group !== undefined);
    pattern += literal(shown.slice(from, match.index)) + (varying[which]?.[1] ?? '');
    from = match.index + match[0].length;
  }
  // The end of one answer and the beginning of the next may be on one line, because an answer of HTTP has no line end.
  const whole = (pattern + literal(shown.slice(from))).replace(/\n/g, '\\n?');
  return new RegExp(`^${whole}$`);
};
