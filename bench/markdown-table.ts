/** The cells of a row. */
export type Cells = readonly string[];

const row = (cells: Cells): string => `| ${cells.join(' | ')} |`;

/**
 * A table of Markdown.
 *
 * @param texts the columns of text. All others are aligned to the right
 */
export const table = (head: Cells, rows: readonly Cells[], texts: readonly number[] = [0]): readonly string[] => [
  row(head),
  row(head.map((_, column) => (texts.includes(column) ? '---' : '---:'))),
  ...rows.map(row),
];
