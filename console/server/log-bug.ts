/** Where a bug of Leadline is written: what failed, and the error. */
export type LogBug = (what: string, error: unknown) => void;

/**
 * Writes an error that the console caught to standard error, on one line: its class and the place in the code. Its message
 * is left out, because it may have data of a lead.
 */
export const logBug: LogBug = (what, error) => void process.stderr.write(`${bugLine(what, error)}\n`);

/** @returns for example `overview not computed: TypeError at overviewOf (/app/overview-of.ts:12:3)` */
export const bugLine = (what: string, error: unknown): string =>
  error instanceof Error ? `${what}: ${error.constructor.name} ${placeOf(error)}`.trimEnd() : what;

/** The first place of the stack, which begins with the message: the message may have any lines. */
const placeOf = ({ stack = '', message }: Error): string => {
  const afterMessage = stack.slice(stack.indexOf(message) + message.length);
  const places = /^ +(at \S.*)$/m.exec(afterMessage);
  return places?.[1] ?? '';
};
