/** Whether a command line asks for JSON, also one that can't be understood otherwise: programs read what is wrong with it as JSON too. */
export const asksForJson = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? undefined : end).includes('--json');
};
