import type { JsonLine, Piece } from './json-lines';

/** A value that is no text. */
const value = /-?\d[\d.eE+-]*|true|false|null/g;

/**
 * Names, texts, and other values of one line of JSON. A text without an end matches too, without group `end`: else each
 * quote in it would be read as the start of a text, up to the end of the line.
 */
const token = /"(?:[^"\\]|\\.)*(?<end>"(?<colon>\s*:)?)?|-?\d[\d.eE+-]*|true|false|null/g;

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
  let done = 0;
  const add = (kind: Piece['kind'], from: number, text: string): void => {
    if (from > done) pieces.push({ kind: 'sign', text: line.slice(done, from) });
    pieces.push({ kind, text });
    done = from + text.length;
  };
  for (const { 0: all, index, groups: { end, colon } = {} } of line.matchAll(token)) {
    if (!all.startsWith('"')) add('value', index, all);
    else if (end === undefined) for (const inner of all.matchAll(value)) add('value', index + inner.index, inner[0]);
    else if (colon === undefined) add('text', index, all);
    else {
      add('name', index, all.slice(0, -colon.length));
      add('sign', done, colon);
    }
  }
  if (done < line.length) pieces.push({ kind: 'sign', text: line.slice(done) });
  return pieces;
};
