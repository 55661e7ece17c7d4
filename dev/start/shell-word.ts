/** A word of a POSIX shell that is just this text, whatever characters it has. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
