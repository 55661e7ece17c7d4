import type { TaskEither } from 'fp-ts/TaskEither';
import { queueAgain } from '../../shared/aws/queue-again';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import type { EventItem } from '../../shared/stored/event-item';
import { arbitraryAttempt } from '../support/arbitrary';
import type { Harness } from './harness';
import { done } from './stores';

/** One write of a store, and what a test needs to send it twice or to have it refused. */
export type Write = Readonly<{
  /** Writes what has to exist before. */
  prepare: (one: RecordedEvent) => Promise<unknown>;
  run: (on: ReturnType<Harness['table']>, one: RecordedEvent) => TaskEither<unknown, unknown>;
  /** What the write must answer. */
  answers: unknown;
  /** What another process may write before the SDK sends the write again. */
  meanwhile?: (one: RecordedEvent) => Promise<unknown>;
  /** Makes the condition of the write fail. It is absent if the protocol ignores a failure of this write. */
  refuse?: (one: RecordedEvent) => Promise<unknown>;
}>;

export type Writes = Readonly<Record<string, Write>>;

/** Steps that several writes need before or beside them. */
export const stepsOf = ({ record, claim, mark, fail, eventItemOf, table }: Harness) => {
  const seen = new Map<string, EventItem>();
  const see = async (one: RecordedEvent) => {
    await record(one);
    seen.set(one.eventId, (await eventItemOf(one))!);
  };
  return {
    byAnother: (one: RecordedEvent) => claim(one, arbitraryAttempt()),
    queueAgainFor: (one: RecordedEvent) => done(queueAgain(table())(one)),
    finish: async (one: RecordedEvent) => {
      await record(one);
      await mark(one);
    },
    /** The item of an event as `see` or `seeFailed` read it. */
    seenItem: (one: RecordedEvent) => seen.get(one.eventId)!,
    see,
    seeFailed: async (one: RecordedEvent) => {
      await record(one);
      await fail(one, arbitraryAttempt(3), 'give-up');
      seen.set(one.eventId, (await eventItemOf(one))!);
    },
  };
};

export type Steps = ReturnType<typeof stepsOf>;
