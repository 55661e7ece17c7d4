/**
 * Spreadsheets run a cell that begins with one of these characters as a formula (OWASP, "CSV Injection"). An apostrophe
 * before it makes the cell a text.
 */
const startsFormula = /^[=+\-@\t\r]/;

/**
 * A line of a CSV file (RFC 4180), with its line end. A cell that a spreadsheet would run as a formula begins with an
 * apostrophe. `null` is an empty cell.
 */
export const csvLine = (cells: readonly (string | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

const csvCell = (cell: string | null): string => {
  const text = cell === null ? '' : startsFormula.test(cell) ? `'${cell}` : cell;
  return /["\r\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
