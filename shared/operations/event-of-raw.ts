import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { EventRef } from '../lead/claim';
import { eventIdText } from '../lead/event-id-text';
import type { RawKey } from '../lead/raw-key';
import type { ReadFailure } from '../lead/read-failure';
import type { RecordedEvent } from '../lead/recorded-event';
import { StoreError } from './store-error';

/** The store refuses such a key whenever it is asked, so there is no object of that name. */
const noSuchKeys = ['KeyTooLongError', 'InvalidURI'];

/**
 * Which event a raw object is. A person may have put anything there, so whatever it is that can't be read, or that reading breaks on, is no
 * event; a store that does not answer is no answer, because who takes that for "no event" loses hold of one.
 *
 * @throws a StoreError where the store does not answer
 */
export const eventOfRaw =
  (readRaw: (key: RawKey) => TE.TaskEither<ReadFailure, RecordedEvent>) =>
  async (key: RawKey): Promise<EventRef | undefined> => {
    const read = await pipe(
      TE.tryCatch(
        () => readRaw(key)(),
        (): ReadFailure => ({ kind: 'unreadable', store: 'raw', paths: [] }),
      ),
      TE.flatMapEither((result) => result),
    )();
    if (E.isRight(read)) {
      const { event, eventId } = read.right;
      return eventIdText.is(eventId) ? { leadId: event.lead_id, eventId } : undefined;
    }
    if (read.left.kind === 'unavailable' && !noSuchKeys.includes(read.left.cause)) throw new StoreError(read.left);
    return undefined;
  };
