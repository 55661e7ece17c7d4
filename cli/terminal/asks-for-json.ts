/** Whether a command line has `--json`. It need not be valid otherwise: programs also get usage errors as JSON. */
export const asksForJson = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? undefined : end).includes('--json');
};
