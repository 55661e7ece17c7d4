import type { ProblemKind } from './problem-kind';

/** A failure that a command detects itself. The message says what happened and what to do. */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    message: string,
  ) {
    super(message);
  }
}
