import type { TaskEither } from 'fp-ts/TaskEither';
import type { StoreFailure } from './store-failure';

/** Messages of the queues that enrichment reads. `waiting`: can be received now. `inFlight`: received by a worker. */
export type QueueLoad = Readonly<{ waiting: number; inFlight: number }>;

export type ReadQueueLoad = TaskEither<StoreFailure, QueueLoad>;
