/**
 * A row of a file of leads or owners: an object with its fields, or why it cannot be read. `line` is the line of the
 * file at which the row ends in CSV, and begins in JSON.
 */
export type Row =
  | Readonly<{ kind: 'row'; line: number; fields: Readonly<Record<string, unknown>> }>
  | Readonly<{ kind: 'problem'; line: number; problem: string }>;

/** The longest row, in characters, so that a quote or a brace that is never closed does not fill the memory. */
export const maxRowLength = 1024 * 1024;

/** A file that cannot be read to its end, so that no part of it is used. The message names the line and the reason. */
export class UnreadableFile extends Error {}
