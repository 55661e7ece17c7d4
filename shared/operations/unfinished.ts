import { Interrupted } from './interrupted';

/** Counts and times of what a command had done when it failed, by the names that its JSON output has. */
export type Done = Readonly<Record<string, number | string>>;

/** An error ended a command after part of its work. The command reports what was done, because it stays done. */
export class Unfinished extends Error {
  constructor(
    cause: unknown,
    readonly done: Done,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'Unfinished';
  }
}

/**
 * Runs work, and adds a report of what was done to an error that ends it.
 *
 * @param done what is done at the time of the call
 * @throws an Unfinished with that report if the work throws; an Interrupted is thrown as it is
 */
export const withProgressReport = async <A>(done: () => Done, work: () => Promise<A>): Promise<A> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Interrupted ? error : new Unfinished(error, done());
  }
};
