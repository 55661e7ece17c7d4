import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { eventIdText } from '../lead/event-id-text';
import type { RawKey } from '../lead/raw-key';
import type { ReadFailure } from '../ports/read-failure';
import type { RecordedEvent } from '../lead/recorded-event';
import { StoreError } from './store-error';
import { recordRef, type EventRef } from '../lead/event-ref';

/** The store refuses such a key whenever it is asked, so there is no object of that name. */
const noSuchKeys = ['KeyTooLongError', 'InvalidURI'];

/** Nobody gets an answer from the store now, whichever object is asked for; or it takes none of our requests. */
const noAnswer =
  /^(Timeout|Abort|E[A-Z_]+$|Throttl|SlowDown|TooManyRequests|RequestLimit|Credentials|TokenProvider|Expired|InvalidAccessKeyId|InvalidToken|RequestTimeTooSkewed|NoSuchBucket)/;

/** Why no event is found by a raw object. `store-unavailable`: the store refuses this one object, which may be an event all the same. */
export type NoEvent = 'raw-missing' | 'raw-unreadable' | 'store-unavailable';

/**
 * Which event a raw object is. A person may have put anything there, so an object that can't be read, or that reading breaks on, is no event. A
 * store that does not answer is an error: taking that for "no event" would lose hold of one. What the store refuses for one object (its key, its
 * encryption, an archive) is no error: it must not keep an operator from the other messages.
 *
 * @throws a StoreError if the store does not answer
 */
export const eventOfRaw =
  (readRaw: (key: RawKey) => TE.TaskEither<ReadFailure, RecordedEvent>) =>
  async (key: RawKey): Promise<EventRef | NoEvent> => {
    const read = await pipe(
      TE.tryCatch(
        () => readRaw(key)(),
        (): ReadFailure => ({ kind: 'unreadable', store: 'raw', paths: [] }),
      ),
      TE.flatMapEither((result) => result),
    )();
    if (E.isRight(read)) {
      return eventIdText.is(read.right.eventId) ? recordRef(read.right) : 'raw-unreadable';
    }
    switch (read.left.kind) {
      case 'missing':
        return 'raw-missing';
      case 'unreadable':
        return 'raw-unreadable';
      case 'unavailable':
        if (noSuchKeys.includes(read.left.cause)) return 'raw-missing';
        if (noAnswer.test(read.left.cause)) throw new StoreError(read.left);
        return 'store-unavailable';
    }
  };
