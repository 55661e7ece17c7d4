import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { requeueStuck, type ReconcilePorts } from '../../../ReconcileFunction/requeue-stuck';
import type { PendingEvent } from '../../../shared/stored/event-item';
import type { Requeue } from '../../../shared/ports/pending-events';
import { type StoreFailure, unavailable } from '../../../shared/ports/store-failure';
import { arbitraryEvent } from '../../support/arbitrary-event';

const failure = unavailable('queue')(new Error());

const reconciling = (found: readonly PendingEvent[], broken: Partial<ReconcilePorts> = {}) => {
  const steps: string[] = [];
  const requeues: Requeue[] = [];
  const step = (name: string) => () => TE.fromIO(() => void steps.push(name));
  const run = requeueStuck({
    findPending: (before, limit) =>
      TE.fromIO(() => {
        steps.push(`before ${before.toISOString()}, at most ${limit}`);
        return { events: found, unreadable: [] };
      }),
    readQueueLoad: TE.right({ waiting: 0, inFlight: 0 }),
    enqueue: step('queue'),
    markRequeued: (_event, requeue) => TE.fromIO(() => void (steps.push('mark'), requeues.push(requeue))),
    giveUp: () => TE.fromIO(() => (steps.push('give up'), true)),
    now: () => new Date('2026-01-01T01:00:00Z'),
    patienceMs: 1_500_000,
    limit: 10,
    runMs: 10_000,
    maxReceives: 3,
    maxLostMessages: 3,
    workerLifeMs: 60_000,
    ...broken,
  });
  return { run, steps, requeues };
};

describe('reconciling', () => {
  it('queues what has not moved for longer than its patience, before it marks it', async () => {
    const event = arbitraryEvent();
    const { run, steps } = reconciling([event]);
    expect(await run()).toStrictEqual(E.right({ requeued: [event], givenUp: [], postponed: [], failed: [] }));
    expect(steps).toStrictEqual(['before 2026-01-01T00:35:00.000Z, at most 10', 'queue', 'mark']);
  });

  /** Its message's last receive began long ago, and its worker has not been heard of since. */
  const lost = { attempts: 3, taken_at: '2026-01-01T00:10:00.000Z' };

  it('leaves an event to an operator whose workers were lost with the last receive of four messages', async () => {
    const [thrice, often] = [
      arbitraryEvent({ ...lost, lost_messages: 2 }),
      arbitraryEvent({ ...lost, lost_messages: 3 }),
    ];
    const { run, steps, requeues } = reconciling([often, thrice]);
    expect(await run()).toStrictEqual(E.right({ requeued: [thrice], givenUp: [often], postponed: [], failed: [] }));
    expect(steps.slice(1)).toStrictEqual(['give up', 'queue', 'mark']);
    expect(requeues).toMatchObject([{ isMessageLost: true }]);
  });

  it.each([
    ['was never taken up', { lost_messages: 3, requeues: 50 }],
    ['was taken up for the second time only', { ...lost, attempts: 2, lost_messages: 3 }],
    ['is being worked on for the last time', { ...lost, taken_at: '2026-01-01T00:59:30.000Z', lost_messages: 3 }],
  ])('never gives an event up that %s: its message is no dead letter', async (_what, about) => {
    const event = arbitraryEvent(about);
    const { run, requeues } = reconciling([event]);
    expect(await run()).toMatchObject(E.right({ requeued: [event], givenUp: [] }));
    expect(requeues).toMatchObject([{ isMessageLost: false }]);
  });

  it('queues nothing while more messages wait than are being worked on: enrichment is stopped, or behind', async () => {
    const event = arbitraryEvent();
    const { run, steps } = reconciling([event], { readQueueLoad: TE.right({ waiting: 1, inFlight: 0 }) });
    expect(await run()).toStrictEqual(E.right({ requeued: [], givenUp: [], postponed: [event], failed: [] }));
    expect(steps).not.toContain('queue');
  });

  it('gives up also while enrichment is behind: that adds no message', async () => {
    const event = arbitraryEvent({ ...lost, lost_messages: 3 });
    const { run } = reconciling([event], { readQueueLoad: TE.right({ waiting: 1, inFlight: 0 }) });
    expect(await run()).toMatchObject(E.right({ givenUp: [event] }));
  });

  it('queues while messages are being worked on and few wait', async () => {
    const event = arbitraryEvent();
    const { run } = reconciling([event], { readQueueLoad: TE.right({ waiting: 10, inFlight: 10 }) });
    expect(await run()).toMatchObject(E.right({ requeued: [event] }));
  });

  it.each([
    [0, '2026-01-01T01:00:00.000Z'],
    [1, '2026-01-01T01:25:00.000Z'],
    [2, '2026-01-01T02:15:00.000Z'],
    [9, '2026-01-01T03:55:00.000Z'],
  ])('waits longer after each requeue: after %i until one patience after %s', async (requeues, from) => {
    const { run, requeues: marked } = reconciling([arbitraryEvent({ requeues })]);
    await run();
    expect(marked.map(({ notBefore }) => notBefore.toISOString())).toStrictEqual([from]);
  });

  const lostAndHeldUntil = (lease_until: string) =>
    arbitraryEvent({ ...lost, state: 'CLAIMED', lost_messages: 3, lease_until });

  it('reports an event that a lease still holds, and sends no message, which would only become a dead letter', async () => {
    const event = lostAndHeldUntil('2026-01-01T01:00:00.001Z');
    const { run, steps } = reconciling([event]);
    const item = { pk: `LEAD#${event.lead_id}`, sk: `EVENT#${event.event_id}` };
    const failed = [{ kind: 'unreadable', store: 'events', paths: ['lease_until must be: past'], item }];
    expect(await run()).toStrictEqual(E.right({ requeued: [], givenUp: [], postponed: [], failed }));
    expect(steps.slice(1)).toStrictEqual([]);
  });

  it('handles a claimed event as any other once its lease has ended', async () => {
    const event = lostAndHeldUntil('2026-01-01T01:00:00.000Z');
    const { run } = reconciling([event]);
    expect(await run()).toMatchObject(E.right({ givenUp: [event], failed: [] }));
  });

  it('does not count as given up what moved in between', async () => {
    const { run } = reconciling([arbitraryEvent({ ...lost, lost_messages: 3 })], { giveUp: () => TE.right(false) });
    expect(await run()).toStrictEqual(E.right({ requeued: [], givenUp: [], postponed: [], failed: [] }));
  });

  it('goes on with the others when one could not be queued, and does not mark that one', async () => {
    const [bad, good] = [arbitraryEvent(), arbitraryEvent()];
    const { run, steps } = reconciling([bad, good], {
      enqueue: ({ event_id }) => (event_id === bad.event_id ? TE.left(failure) : TE.right(undefined)),
    });
    expect(await run()).toStrictEqual(E.right({ requeued: [good], givenUp: [], postponed: [], failed: [failure] }));
    expect(steps.filter((step) => step === 'mark')).toHaveLength(1);
  });

  it('goes on with the others when one can not be read', async () => {
    const event = arbitraryEvent();
    const unreadable: StoreFailure = { kind: 'unreadable', store: 'events', paths: ['reason must be: FailureReason'] };
    const { run } = reconciling([], {
      findPending: () => TE.right({ events: [event], unreadable: [unreadable] }),
    });
    expect(await run()).toStrictEqual(E.right({ requeued: [event], givenUp: [], postponed: [], failed: [unreadable] }));
  });

  it('fails as a whole when it can not find out what is pending', async () => {
    expect(await reconciling([], { findPending: () => TE.left(failure) }).run()).toStrictEqual(E.left(failure));
  });
});
