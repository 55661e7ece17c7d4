import { terminalSize } from './terminal-size';

/** A stream that may be a terminal. */
type Output = Readonly<{ isTTY?: boolean; rows?: number; columns?: number; write: (text: string) => unknown }>;

/**
 * Writes lines over those of the call before, on a terminal. A line that is too long is broken, and the last line says how
 * many more there are: a line that the terminal wraps, or one that has scrolled away, could not be written over.
 *
 * @returns `undefined` if the output is no terminal, or one that cannot move its cursor
 */
export const redrawing = (output: Output): ((lines: readonly string[]) => void) | undefined => {
  if (output.isTTY !== true || process.env.TERM === 'dumb') return undefined;
  let height = 0;
  return (lines) => {
    const { rows, columns } = terminalSize(output);
    // A character in the last column can make a terminal wrap.
    const width = Math.max(1, columns - 1);
    const shown = firstOf(
      lines.flatMap((line) => broken(line, width)),
      rows - 1,
    );
    const up = height === 0 ? '' : `\u001b[${height}A`;
    output.write(`${up}\u001b[J${shown.map((line) => `${Array.from(line).slice(0, width).join('')}\n`).join('')}`);
    height = shown.length;
  };
};

const broken = (line: string, width: number): readonly string[] => {
  const characters = Array.from(line);
  const count = Math.max(1, Math.ceil(characters.length / width));
  return Array.from({ length: count }, (_, index) => characters.slice(index * width, (index + 1) * width).join(''));
};

const firstOf = (lines: readonly string[], most: number): readonly string[] =>
  lines.length <= most
    ? lines
    : [...lines.slice(0, Math.max(0, most - 1)), `… ${lines.length - most + 1} more lines`].slice(0, most);
