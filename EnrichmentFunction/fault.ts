import type { AttemptReason } from '../shared/lead/failure-reason';
import type { RecordedEvent } from '../shared/lead/recorded-event';
import type { ReadFailure } from '../shared/ports/read-failure';
import type { StoreFailure } from '../shared/ports/store-failure';

/** Why an attempt failed. `decideAfterFailure` says what has to be done about it. */
export type Fault = Readonly<{
  reason: AttemptReason;
  /** Names places and kinds, never values. */
  detail: string;
  /** No other worker can claim the event before that time. */
  heldUntil?: Date;
  /** A further receive of the message cannot change the outcome. */
  isFinal?: boolean;
  /** The event, once it is known. */
  record?: RecordedEvent;
}>;

/** The fault of an object that could not be read: the raw payload, or the owner's file. */
export const readFault =
  (what: 'raw' | 'owner') =>
  (failure: ReadFailure): Fault => {
    switch (failure.kind) {
      case 'missing':
        return { reason: `${what}-missing`, detail: '' };
      case 'unreadable':
        return { reason: `${what}-unreadable`, detail: failure.paths.join(', ') };
      case 'unavailable':
        return storeFault(failure);
    }
  };

/** The fault of a store that failed. */
export const storeFault = (failure: StoreFailure): Fault => {
  switch (failure.kind) {
    case 'unavailable':
      return { reason: 'store-unavailable', detail: `${failure.store}: ${failure.cause}` };
    case 'unreadable':
      return { reason: 'store-unreadable', detail: `${failure.store}: ${failure.paths.join(', ')}` };
  }
};
