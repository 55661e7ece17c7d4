/** A problem in one line: `email is missing`. */
export const problemLine = ({ path, message }: Readonly<{ path: string; message: string }>): string =>
  `${path} ${message}`.trim();

/** The words of an outcome at the start of a line. */
export const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
