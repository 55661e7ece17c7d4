import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { requeueStuck } from '../../../ReconcileFunction/requeue-stuck';
import type { PendingEvent } from '../../../shared/stored/event-item';
import { arbitraryRecord } from '../../support/arbitrary';
import { bugs } from '../../support/bugs';

describe('a bug over one stuck event', () => {
  it('keeps the reconciler from none of the others', async () => {
    const [bad, good] = [arbitraryRecord(), arbitraryRecord()].map(
      ({ event, eventId, s3Key, receivedAt, eventTime }) => ({
        lead_id: event.lead_id,
        event_id: eventId,
        source: event.source,
        s3_key: s3Key,
        state: 'RECEIVED' as const,
        received_at: receivedAt,
        event_time: eventTime,
        pending_since: receivedAt,
      }),
    ) as [PendingEvent, PendingEvent];
    const outcome = await requeueStuck({
      findPending: () => TE.right({ events: [bad, good], unreadable: [] }),
      enqueue: ({ event_id }) =>
        event_id === bad.event_id ? bugs['throws when its task runs']!() : TE.right(undefined),
      markRequeued: () => TE.right(undefined),
      giveUp: () => TE.right(true),
      now: () => new Date(0),
      patienceMs: 0,
      limit: 10,
      runMs: 10_000,
      maxReceives: 3,
      maxLostMessages: 3,
      workerLifeMs: 60_000,
      readQueueLoad: TE.right({ waiting: 0, inFlight: 0 }),
    })();
    expect(outcome).toMatchObject(E.right({ requeued: [good], failed: [{ kind: 'unavailable', cause: 'TypeError' }] }));
  });
});
