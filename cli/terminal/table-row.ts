/** Writes rows of a table for people. The last column needs no width. */
export const tableRow =
  (widths: readonly number[]) =>
  (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join(' ')
      .trimEnd();
