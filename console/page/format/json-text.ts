import type { JsonLine, Piece } from './json-lines';

/** Names, texts, and other values of one line of JSON. */
const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g;

type Range = Readonly<{ from: number; to: number }>;

/**
 * A text of JSON that has its line ends, as lines for a document. A text that is no JSON stays as it is.
 *
 * @param added the lines that are marked, from 1
 */
export const linesOfText = (text: string, added: readonly Range[] = []): readonly JsonLine[] => {
  const isJson = /^\s*[[{]/.test(text);
  return text.split(/\r?\n/).map((line, index) => {
    const indent = isJson ? (/^ */.exec(line)?.[0].length ?? 0) : 0;
    return {
      depth: indent / 2,
      pieces: isJson ? piecesOf(line.slice(indent)) : [{ kind: 'sign', text: line }],
      isMarked: added.some(({ from, to }) => index + 1 >= from && index + 1 <= to),
    };
  });
};

const piecesOf = (line: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of line.matchAll(token)) {
    const [all, text, colon, value] = match;
    if (match.index > end) pieces.push({ kind: 'sign', text: line.slice(end, match.index) });
    if (text !== undefined) pieces.push({ kind: colon === undefined ? 'text' : 'name', text });
    if (colon !== undefined) pieces.push({ kind: 'sign', text: colon });
    if (value !== undefined) pieces.push({ kind: 'value', text: value });
    end = match.index + all.length;
  }
  if (end < line.length) pieces.push({ kind: 'sign', text: line.slice(end) });
  return pieces;
};
