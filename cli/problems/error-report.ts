import { CommanderError } from 'commander';
import { Interrupted } from '../../shared/operations/interrupted';
import { StoreError } from '../../shared/operations/store-error';
import { type Done, Unfinished } from '../../shared/operations/unfinished';
import { exitCodes } from '../terminal/exit-codes';
import { adviceOn } from './advice';
import { nameAndMessage } from './name-and-message';
import { Problem } from './problem';
import type { ProblemKind } from './problem-kind';

/** What `leadline` reports about an error. */
type ErrorReport = Readonly<{
  kind: ProblemKind;
  /** What happened, and what to do. */
  message: string;
  exitCode: number;
  /** What the command had done before the error. */
  done?: Done;
}>;

/** Turns any error that a command throws into a report. */
export const errorReport = (error: unknown): ErrorReport => {
  if (error instanceof Unfinished) {
    const inner = errorReport(error.cause);
    return { ...inner, done: { ...inner.done, ...error.done } };
  }
  const { kind, message } = kindAndMessage(error);
  return { kind, message, exitCode: exitCodeOf(kind) };
};

const kindAndMessage = (error: unknown): Pick<ErrorReport, 'kind' | 'message'> => {
  if (error instanceof CommanderError) return { kind: 'usage', message: usageMessage(error) };
  if (error instanceof Interrupted) return { kind: 'interrupted', message: error.message };
  if (error instanceof Problem) return { kind: error.kind, message: error.message };
  if (error instanceof StoreError) {
    const { failure } = error;
    if (failure.kind === 'unreadable') return { kind: 'unreadable', message: error.message };
    const { kind, advice } = adviceOn(failure.cause, '');
    return { kind, message: `The ${failure.store} store failed: ${advice}` };
  }
  const { name, message } = nameAndMessage(error);
  const { kind, advice } = adviceOn(name, message);
  return { kind, message: advice };
};

const usageMessage = ({ code, message }: CommanderError): string =>
  code === 'commander.help'
    ? 'choose a command; --help lists them'
    : withHelpHint(code, message.replace(/^error: /, '').replace(/\n(?=\(Did you mean )/, ' '));

/** A parser of a value says what to give. All other usage errors are about names and numbers, which the help lists. */
const withHelpHint = (code: string, text: string): string => {
  if (code === 'commander.invalidArgument') return text;
  // The messages of Commander have no full stop at their end. Those of leadline that are sentences have one.
  return `${text}${text.endsWith('.') ? '' : '.'} Add --help for the commands, options and arguments.`;
};

const exitCodeOf = (kind: ProblemKind): number => {
  switch (kind) {
    case 'usage':
      return exitCodes.usage;
    case 'no-such-source':
      return exitCodes.nothingMatched;
    case 'declined':
      return exitCodes.declined;
    case 'interrupted':
      return exitCodes.interrupted;
    default:
      return exitCodes.failed;
  }
};
