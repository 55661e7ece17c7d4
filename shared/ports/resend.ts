import type { TaskEither } from 'fp-ts/TaskEither';
import type { QueueMessage } from '../stored/queue-message';
import type { StoreFailure } from './store-failure';

/** Sends a copy of a message, which has receives of its own. Workers do not receive it before a moment. */
export type Resend = (message: QueueMessage, until: Date) => TaskEither<StoreFailure, void>;
