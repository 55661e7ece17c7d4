/** A stream that may be a terminal. */
type Output = Readonly<{ isTTY?: boolean; rows?: number; columns?: number; write: (text: string) => unknown }>;

/**
 * Writes lines over those of the call before, on a terminal. What does not fit is cut off: a line that wraps, or one that
 * has scrolled away, could not be written over.
 *
 * @returns `undefined` if the output is no terminal, or one that cannot move its cursor
 */
export const redrawing = (output: Output): ((lines: readonly string[]) => void) | undefined => {
  if (output.isTTY !== true || process.env.TERM === 'dumb') return undefined;
  let height = 0;
  return (lines) => {
    const { rows = 24, columns = 80 } = output;
    const shown = lines.slice(0, rows - 1).map((line) =>
      Array.from(line)
        .slice(0, columns - 1)
        .join(''),
    );
    const up = height === 0 ? '' : `\u001b[${height}A`;
    output.write(`${up}\u001b[J${shown.map((line) => `${line}\n`).join('')}`);
    height = shown.length;
  };
};
