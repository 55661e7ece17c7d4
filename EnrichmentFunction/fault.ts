import type { FailureReason } from '../shared/lead/failure-reason';
import type { ReadFailure } from '../shared/ports/read-failure';
import type { RecordedEvent } from '../shared/lead/recorded-event';
import type { StoreFailure } from '../shared/ports/store-failure';

/** What went wrong, before it is known what comes next. `isFinal`: no further receive of the message can change it. */
export type Fault = Readonly<{
  reason: FailureReason;
  detail: string;
  heldUntil?: Date;
  isFinal?: boolean;
  record?: RecordedEvent;
}>;

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

export const storeFault = (failure: StoreFailure): Fault => {
  switch (failure.kind) {
    case 'unavailable':
      return { reason: 'store-unavailable', detail: `${failure.store}: ${failure.cause}` };
    case 'unreadable':
      return { reason: 'store-unreadable', detail: `${failure.store}: ${failure.paths.join(', ')}` };
  }
};
