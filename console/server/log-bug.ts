import { placeOfError } from '../../shared/codecs/place-of-error';

/** Where a bug of Leadline is written: what failed, and the error. */
export type LogBug = (what: string, error: unknown) => void;

/**
 * Writes an error that the console caught to standard error, on one line: its class and the place in the code. Its message
 * is left out, because it may have data of a lead.
 */
export const logBug: LogBug = (what, error) => void process.stderr.write(`${bugLine(what, error)}\n`);

/** @returns for example `overview not computed: TypeError at overviewOf (/app/overview-of.ts:12:3)` */
export const bugLine = (what: string, error: unknown): string =>
  error instanceof Error ? `${what}: ${error.constructor.name} ${placeOfError(error)}`.trimEnd() : what;
