import { CommanderError } from 'commander';
import { maskAddresses } from '../../shared/codecs/mask-addresses';
import { exitCodes } from '../terminal/exit-codes';
import { maskedJson } from '../terminal/masked-json';
import { printable } from '../terminal/printable';
import { problemOf } from './problem';

/**
 * Tells what a command ended by: people on standard error, programs on standard output, as one JSON object.
 *
 * @returns the exit code
 */
export const tell = (error: unknown, isJson: boolean): number => {
  // Asking for help is no error.
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
  const { exitCode, ...problem } = problemOf(error);
  if (isJson) {
    process.stdout.write(`${maskedJson({ error: problem })}\n`);
  } else {
    // Commander has written the help, which it takes for an error where no command is given.
    if (!(error instanceof CommanderError && error.code === 'commander.help'))
      process.stderr.write(
        `${error instanceof CommanderError ? 'error: ' : ''}${maskAddresses(printable(problem.message))}\n`,
      );
    if (problem.done !== undefined) process.stderr.write(`Done before that: ${countsOf(problem.done)}\n`);
  }
  return exitCode;
};

const countsOf = (done: Readonly<Record<string, number | string>>): string =>
  Object.entries(done)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
