import type { TaskEither } from 'fp-ts/TaskEither';
import type { QueueMessage } from '../stored/queue-message';
import type { StoreFailure } from './store-failure';

/**
 * Sends a message as a new one, which has receives of its own. Only the fields of `QueueMessage` are kept. Workers
 * receive it at `until`, or after 15 minutes if that is earlier.
 */
export type Resend = (message: QueueMessage, until: Date) => TaskEither<StoreFailure, void>;
