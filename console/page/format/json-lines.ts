/** A piece of a line: a name, a text, another value, or the signs between them. */
export type Piece = Readonly<{ kind: 'name' | 'text' | 'value' | 'sign'; text: string }>;

export type JsonLine = Readonly<{ depth: number; pieces: readonly Piece[]; isMarked: boolean }>;

type At = Readonly<{ depth: number; isMarked: boolean; isLast: boolean; name: string | undefined }>;

/**
 * A JSON value as lines, two spaces a level, as `JSON.stringify` writes it.
 *
 * @param marked names at the top level whose lines are marked
 */
export const jsonLines = (value: unknown, marked: readonly string[] = []): readonly JsonLine[] =>
  linesOf(value, { depth: 0, isMarked: false, isLast: true, name: undefined }, marked);

const linesOf = (value: unknown, at: At, marked: readonly string[]): readonly JsonLine[] => {
  const line = (...pieces: readonly Piece[]): JsonLine => ({ depth: at.depth, pieces, isMarked: at.isMarked });
  const before: readonly Piece[] =
    at.name === undefined ? [] : [{ kind: 'name', text: JSON.stringify(at.name) }, sign(': ')];
  const after: readonly Piece[] = at.isLast ? [] : [sign(',')];
  if (typeof value !== 'object' || value === null) return [line(...before, scalar(value), ...after)];
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const entries = Object.entries(value);
  if (entries.length === 0) return [line(...before, sign(`${open}${close}`), ...after)];
  return [
    line(...before, sign(open)),
    ...entries.flatMap(([name, one], place) =>
      linesOf(
        one,
        {
          depth: at.depth + 1,
          isMarked: at.isMarked || (at.depth === 0 && marked.includes(name)),
          isLast: place === entries.length - 1,
          name: Array.isArray(value) ? undefined : name,
        },
        [],
      ),
    ),
    line(sign(close), ...after),
  ];
};

const sign = (text: string): Piece => ({ kind: 'sign', text });

const scalar = (value: unknown): Piece =>
  typeof value === 'string' ? { kind: 'text', text: JSON.stringify(value) } : { kind: 'value', text: String(value) };
