import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { decodedKey } from '../lead/decoded-key';
import type { RawKey } from '../lead/raw-key';
import type { ReadFailure } from '../ports/read-failure';

type ReadRaw<A> = (key: RawKey) => TE.TaskEither<ReadFailure, A>;

/** Reads a raw object by its key. If it does not exist, reads it by the URL-decoded key: see `decodedKey`. */
export const orByDecodedKey =
  <A>(read: ReadRaw<A>): ReadRaw<A> =>
  (key) =>
    pipe(
      read(key),
      TE.orElse((failure) => {
        const decoded = failure.kind === 'missing' ? decodedKey(key) : undefined;
        return decoded === undefined ? TE.left(failure) : read(decoded);
      }),
    );
