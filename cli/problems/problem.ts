import { CommanderError } from 'commander';
import { Interrupted } from '../../shared/operations/interrupted';
import { StoreError } from '../../shared/operations/store-error';
import { Unfinished } from '../../shared/operations/unfinished';
import { adviceOn } from './advice';
import { exitCodes } from '../terminal/exit-codes';
import type { ProblemKind } from './problem-kind';

/** A problem that a command finds by itself. */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    message: string,
  ) {
    super(message);
  }
}

export type Told = Readonly<{
  kind: ProblemKind;
  /** What happened, and what to do. */
  message: string;
  exitCode: number;
  done?: Unfinished['done'];
}>;

/** What is told of an error, whoever threw it. */
export const problemOf = (error: unknown): Told => {
  if (error instanceof Unfinished) {
    const inner = problemOf(error.cause);
    return { ...inner, done: { ...inner.done, ...error.done } };
  }
  if (error instanceof CommanderError) {
    const message = error.code === 'commander.help' ? 'say which command: --help lists them' : error.message;
    return {
      kind: 'usage',
      message: message.replace(/^error: /, '').replace(/\n(?=\(Did you mean )/, ' '),
      exitCode: exitCodes.usage,
    };
  }
  if (error instanceof Interrupted)
    return { kind: 'interrupted', message: error.message, exitCode: exitCodes.interrupted };
  if (error instanceof Problem) return { kind: error.kind, message: error.message, exitCode: exitCodeOf(error.kind) };
  const exitCode = exitCodes.failed;
  if (error instanceof StoreError) {
    const { failure } = error;
    if (failure.kind === 'unreadable') return { kind: 'unreadable', message: error.message, exitCode };
    const { kind, advice } = adviceOn(failure.cause, '');
    return { kind, message: `The ${failure.store} store did not do it: ${advice}`, exitCode };
  }
  const { name, message } = nameAndMessage(error);
  const { kind, advice } = adviceOn(name, message);
  return { kind, message: advice, exitCode };
};

const exitCodeOf = (kind: ProblemKind): number => {
  switch (kind) {
    case 'usage':
      return exitCodes.usage;
    case 'declined':
      return exitCodes.declined;
    case 'interrupted':
      return exitCodes.interrupted;
    default:
      return exitCodes.failed;
  }
};

/** A refused connection to a name with several addresses has no message, only a code. */
export const nameAndMessage = (error: unknown): Readonly<{ name: string; message: string }> => {
  if (!(error instanceof Error)) return { name: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return {
    name: error.name,
    message: error.message.includes(code) ? error.message : `${code} ${error.message}`.trim(),
  };
};
