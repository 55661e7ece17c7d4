import type { TaskEither } from 'fp-ts/TaskEither';
import type { EventRef } from '../lead/event-ref';
import type { StoreFailure } from './store-failure';

/** Marks an event as NOTIFIED, because its mail was sent. The mark does not need the claim: a mail cannot be unsent. */
export type MarkNotified = (event: EventRef) => TaskEither<StoreFailure, void>;
