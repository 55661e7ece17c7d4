/**
 * A value as an operator types it into a shell: in single quotation marks if a shell would act on a character of it.
 * Senders choose the ids of leads, which can have any printable ASCII character except a few.
 */
export const shellWord = (text: string): string =>
  /^[\w@+.:,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
