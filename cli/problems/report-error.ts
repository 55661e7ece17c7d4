import { CommanderError } from 'commander';
import { maskAddresses } from '../../shared/codecs/mask-addresses';
import type { Done } from '../../shared/operations/unfinished';
import { exitCodes } from '../terminal/exit-codes';
import { maskedJson } from '../terminal/masked-json';
import { printable } from '../terminal/printable';
import { errorReport } from './error-report';

/**
 * Reports the error that ended a command: as text on standard error, or as one JSON object on standard output.
 *
 * @returns the exit code
 */
export const reportError = (error: unknown, isJson: boolean): number => {
  // Commander ends --help with an error.
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
  const { exitCode, ...report } = errorReport(error);
  if (isJson) {
    process.stdout.write(`${maskedJson({ error: report })}\n`);
  } else {
    const isUsage = error instanceof CommanderError;
    // Without a command, Commander has already written its help to standard error.
    if (!(isUsage && error.code === 'commander.help'))
      process.stderr.write(`${isUsage ? 'error: ' : ''}${maskAddresses(printable(report.message))}\n`);
    if (report.done !== undefined) process.stderr.write(`Done before the error: ${doneText(report.done)}\n`);
  }
  return exitCode;
};

const doneText = (done: Done): string =>
  Object.entries(done)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
