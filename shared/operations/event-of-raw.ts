import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { eventIdText } from '../lead/event-id-text';
import type { EventRef } from '../lead/event-ref';
import type { RawKey } from '../lead/raw-key';
import type { RecordedEvent, UnreadRaw } from '../lead/recorded-event';
import type { ReadFailure } from '../ports/read-failure';
import { throwOutage } from './outage';

/** The store refuses such a key always, so no object has it. */
const invalidKeyErrors = ['KeyTooLongError', 'InvalidURI'];

/** Why a raw object leads to no event. `store-unavailable`: the store refuses this object, which may have an event. */
export type NoEventReason = 'raw-missing' | 'raw-unreadable' | 'store-unavailable';

/**
 * Finds the event of a raw object. An operator may have stored any object there, so an object that cannot be decoded
 * leads to no event. An object that the store refuses alone, because of its key, its encryption or its
 * storage class, is no error: the command must go on with the other messages.
 *
 * @throws a StoreError if the store does not answer. It is not "no event": a discard would then miss the event
 */
export const eventOfRaw =
  (readRaw: (key: RawKey) => TE.TaskEither<ReadFailure, RecordedEvent | UnreadRaw>) =>
  async (key: RawKey): Promise<EventRef | NoEventReason> => {
    const read = await pipe(
      TE.tryCatch(
        () => readRaw(key)(),
        (): ReadFailure => ({ kind: 'unreadable', store: 'raw', paths: [] }),
      ),
      TE.flatMapEither((result) => result),
    )();
    if (E.isRight(read)) return refOf(read.right) ?? 'raw-unreadable';
    switch (read.left.kind) {
      case 'missing':
        return 'raw-missing';
      case 'unreadable':
        return 'raw-unreadable';
      case 'unavailable':
        if (invalidKeyErrors.includes(read.left.cause)) return 'raw-missing';
        throwOutage(read.left);
        return 'store-unavailable';
    }
  };

/** The event that an object, or its metadata, names. */
const refOf = (raw: RecordedEvent | UnreadRaw): EventRef | undefined => {
  const leadId = raw.event === undefined ? raw.leadId : raw.event.lead_id;
  return leadId === undefined || !eventIdText.is(raw.eventId) ? undefined : { leadId, eventId: raw.eventId };
};
