/**
 * Where a formula could begin: at the start of a cell, and after a semicolon inside it. Spreadsheets run a cell that
 * begins with one of these characters as a formula (OWASP, "CSV Injection"), and some of them the full-width forms too.
 * Where the list separator of the system is `;`, Excel splits a line there and not at commas.
 */
const startsFormula = /(?:^|;)["\s]*(?=[=+\-@＝＋－＠])/g;

/** At a tab or a line end a spreadsheet could begin another cell. */
const control = /[\p{Cc}\u2028\u2029]/gu;

/**
 * A line of a CSV file (RFC 4180), with its line end. Control characters become spaces. An apostrophe is put before each
 * character that could begin a formula in a spreadsheet, whether it separates cells by `,`, `;` or tabs. `null` is an
 * empty cell.
 */
export const csvLine = (cells: readonly (string | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

const csvCell = (cell: string | null): string => {
  const text = (cell ?? '').replace(control, ' ').replace(startsFormula, "$&'");
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
