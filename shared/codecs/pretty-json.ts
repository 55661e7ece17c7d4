import { ExactNumber } from './exact-number';

/** Writes what `parseJson` has read as `JSON.stringify` with an indent of 2 does, with the exact value of each number. */
export const prettyJson = (value: unknown): string => linesOf(value, '').join('\n');

const linesOf = (value: unknown, indent: string): readonly string[] => {
  if (value instanceof ExactNumber) return [value.text];
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)];
  const isArray = Array.isArray(value);
  const inner = `${indent}  `;
  const members: readonly (readonly string[])[] = isArray
    ? value.map((one: unknown) => linesOf(one, inner))
    : Object.entries(value).map(([name, one]) => startingWith(`${JSON.stringify(name)}: `, linesOf(one, inner)));
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) return [`${open}${close}`];
  const last = members.length - 1;
  return [
    open,
    ...members.flatMap((lines, index) =>
      endingWith(index === last ? '' : ',', startingWith('', lines)).map((line, at) =>
        at === 0 ? inner + line : line,
      ),
    ),
    indent + close,
  ];
};

const startingWith = (start: string, [first = '', ...rest]: readonly string[]): readonly string[] => [
  start + first,
  ...rest,
];

const endingWith = (end: string, lines: readonly string[]): readonly string[] => [
  ...lines.slice(0, -1),
  `${lines.at(-1) ?? ''}${end}`,
];
