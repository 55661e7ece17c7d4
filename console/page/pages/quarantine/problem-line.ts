/** A problem in one line: `email is missing`. */
export const problemLine = ({ path, message }: Readonly<{ path: string; message: string }>): string =>
  `${path} ${message}`.trim();
