import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { decodedKey } from '../lead/decoded-key';
import type { RawKey } from '../lead/raw-key';
import type { ReadFailure } from '../ports/read-failure';

type ReadRaw<A> = (key: RawKey) => TE.TaskEither<ReadFailure, A>;

/** Reads a raw payload by its key as it is. If there is none, reads it by the key that this one means URL-decoded. */
export const orByDecodedKey =
  <A>(read: ReadRaw<A>): ReadRaw<A> =>
  (key) =>
    pipe(
      read(key),
      TE.orElse((failure) => {
        const meant = failure.kind === 'missing' ? decodedKey(key) : undefined;
        return meant === undefined ? TE.left(failure) : read(meant);
      }),
    );
