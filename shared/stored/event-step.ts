import * as t from 'io-ts';
import { readWarnings } from './read-warnings';

/**
 * A step in the history of an event:
 *
 * - `repeated`: queued again because the sender repeated the event;
 * - `requeued`: queued again by the reconciler;
 * - `taken-up`: a worker started to work on a message that was received before;
 * - `redriven`: an operator resent the message from the dead-letter queue;
 * - `replayed`: an operator made the event pending again, so that it is mailed once more;
 * - `remapped`: an operator applied the present mapping of the source to the raw payload;
 * - `rebuilt`: an operator wrote the lost record of the event again, from its raw object;
 * - `refresh-asked`: an operator asked for a refresh, which enriches the event again without a mail.
 *
 * `at` is an instant in UTC. `by` is the operator, if an operator caused the step.
 */
export const step = t.readonly(
  t.intersection([
    t.type({
      at: t.string,
      what: t.keyof({
        received: null,
        repeated: null,
        requeued: null,
        'taken-up': null,
        claimed: null,
        notified: null,
        failed: null,
        redriven: null,
        discarded: null,
        replayed: null,
        remapped: null,
        rebuilt: null,
        'refresh-asked': null,
        refreshed: null,
        'refresh-failed': null,
      }),
    }),
    t.partial({
      reason: t.string,
      by: t.string,
      /** Only of `received`. */
      warnings: readWarnings,
    }),
  ]),
  'Step',
);

export type Step = t.TypeOf<typeof step>;

/** The longest history. A full history keeps its first steps and the newest one, so that an item stays small. */
export const mostSteps = 50;
