import type { TaskEither } from 'fp-ts/TaskEither';
import type { Attempt } from './attempt';
import type { StoreFailure } from './store-failure';

/**
 * Hides a message from workers until a moment. Used while another worker holds the event: a receive in that time would
 * be wasted, and SQS moves a message to the dead-letter queue after a limited number of receives.
 */
export type Postpone = (attempt: Attempt, until: Date) => TaskEither<StoreFailure, void>;
