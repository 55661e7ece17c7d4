import * as t from 'io-ts';
import type { EventItem } from './event-item';

/**
 * One thing that happened to an event. `taken-up`: a worker began with a message that had come before; `requeued`: by
 * the reconciler; `repeated`: queued again because its sender sent it again; `by`: the operator, where one did it. A
 * refresh is a replay without a mail.
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
        'refresh-asked': null,
        refreshed: null,
        'refresh-failed': null,
      }),
    }),
    t.partial({ reason: t.string, by: t.string }),
  ]),
  'Step',
);

export type Step = t.TypeOf<typeof step>;

/** An item must not grow without end: a full history keeps its first steps and the newest one. */
export const mostSteps = 50;

/** All that happened to an event, in order of time. */
export const eventTimeline = ({ received_at, history = [] }: EventItem): readonly Step[] =>
  [{ at: received_at, what: 'received' } as const, ...history].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
