import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { rawKey, type RawKey } from './raw-key';
import type { ReadFailure } from './read-failure';

/**
 * The key that a URL-encoded key means. S3 writes keys like that in its event notifications, with `+` for a space (Amazon S3 User Guide, "Event
 * message structure"), and a person may have copied one from there.
 *
 * @returns `undefined` if the text is no URL-encoded key of a raw payload
 */
export const decodedKey = (text: string): RawKey | undefined => {
  try {
    const key = decodeURIComponent(text.replaceAll('+', ' '));
    return key !== text && rawKey.is(key) ? key : undefined;
  } catch {
    return undefined;
  }
};

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
