import { Interrupted } from './interrupted';

/** A command ended by an error after part of its work: what was done is told all the same, for it is done. */
export class Unfinished extends Error {
  constructor(
    cause: unknown,
    readonly done: Readonly<Record<string, number | string>>,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'Unfinished';
  }
}

/**
 * Runs work that counts what it has done.
 *
 * @throws an Unfinished with the count where the work throws
 */
export const telling = async <A>(
  done: () => Readonly<Record<string, number | string>>,
  work: () => Promise<A>,
): Promise<A> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Interrupted ? error : new Unfinished(error, done());
  }
};
