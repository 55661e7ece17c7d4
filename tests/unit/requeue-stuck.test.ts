import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { requeueStuck, type ReconcilePorts } from '../../ReconcileFunction/requeue-stuck';
import type { EventItem } from '../../shared/lead/event-item';
import { type StoreFailure, unavailable } from '../../shared/lead/store-failure';
import { arbitraryRecord } from '../arbitrary';

const stuckEvent = (requeues = 0): EventItem => {
  const { event, eventId, s3Key, receivedAt, eventTime } = arbitraryRecord();
  return {
    lead_id: event.lead_id,
    event_id: eventId,
    source: event.source,
    s3_key: s3Key,
    state: 'RECEIVED',
    received_at: receivedAt,
    event_time: eventTime,
    requeues,
  };
};

const failure = unavailable('queue')(new Error());

const reconciling = (found: readonly EventItem[], broken: Partial<ReconcilePorts> = {}) => {
  const steps: string[] = [];
  const step = (name: string) => () => TE.fromIO(() => void steps.push(name));
  const run = requeueStuck({
    findPending: (before, limit) =>
      TE.fromIO(() => {
        steps.push(`before ${before.toISOString()}, at most ${limit}`);
        return { events: found, unreadable: [] };
      }),
    enqueue: step('queue'),
    markRequeued: step('mark'),
    giveUp: () => TE.fromIO(() => (steps.push('give up'), true)),
    now: () => new Date('2026-01-01T01:00:00Z'),
    patienceMs: 1_500_000,
    limit: 10,
    maxRequeues: 3,
    ...broken,
  });
  return { run, steps };
};

describe('reconciling', () => {
  it('queues what has not moved for longer than its patience, before it marks it', async () => {
    const event = stuckEvent();
    const { run, steps } = reconciling([event]);
    expect(await run()).toStrictEqual(E.right({ requeued: [event], givenUp: [], failed: [] }));
    expect(steps).toStrictEqual(['before 2026-01-01T00:35:00.000Z, at most 10', 'queue', 'mark']);
  });

  it('leaves to an operator what was queued too often', async () => {
    const [twice, thrice] = [stuckEvent(2), stuckEvent(3)];
    const { run, steps } = reconciling([thrice, twice]);
    expect(await run()).toStrictEqual(E.right({ requeued: [twice], givenUp: [thrice], failed: [] }));
    expect(steps.slice(1)).toStrictEqual(['give up', 'queue', 'mark']);
  });

  it('does not count as given up what moved in between', async () => {
    const { run } = reconciling([stuckEvent(3)], { giveUp: () => TE.right(false) });
    expect(await run()).toStrictEqual(E.right({ requeued: [], givenUp: [], failed: [] }));
  });

  it('goes on with the others when one could not be queued, and does not mark that one', async () => {
    const [bad, good] = [stuckEvent(), stuckEvent()];
    const { run, steps } = reconciling([bad, good], {
      enqueue: ({ event_id }) => (event_id === bad.event_id ? TE.left(failure) : TE.right(undefined)),
    });
    expect(await run()).toStrictEqual(E.right({ requeued: [good], givenUp: [], failed: [failure] }));
    expect(steps.filter((step) => step === 'mark')).toHaveLength(1);
  });

  it('goes on with the others when one can not be read', async () => {
    const event = stuckEvent();
    const unreadable: StoreFailure = { kind: 'unreadable', store: 'events', paths: ['reason must be: FailureReason'] };
    const { run } = reconciling([], {
      findPending: () => TE.right({ events: [event], unreadable: [unreadable] }),
    });
    expect(await run()).toStrictEqual(E.right({ requeued: [event], givenUp: [], failed: [unreadable] }));
  });

  it('fails as a whole when it can not find out what is pending', async () => {
    expect(await reconciling([], { findPending: () => TE.left(failure) }).run()).toStrictEqual(E.left(failure));
  });
});
