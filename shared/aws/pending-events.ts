import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import { eventItem, isPending, type PendingEvent } from '../stored/event-item';
import type { EventState } from '../stored/event-state';
import type { FailureReason } from '../lead/failure-reason';
import type { FindPending, GiveUp, MarkRequeued } from '../ports/pending-events';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { call } from './call';
import { decodeItem, type Item } from './decode-item';
import type { Change } from './event-change';
import { hasNotMovedSince } from './event-conditions';
import { type EventTable, pendingAttributes } from './event-table';
import { update } from './event-update';
import { eventKey, indexes, pendingPartition } from './table-keys';
import { eventRef } from '../lead/event-ref';

/** Reads the sparse index of pending events, page by page, until it has `limit` events that can be read. */
export const findPending =
  ({ client, tableName }: EventTable): FindPending =>
  (before, limit) =>
    call('events', async () => {
      const events: PendingEvent[] = [];
      const failures: StoreFailure[] = [];
      const pages = paginateQuery(
        { client, pageSize: Math.min(limit, 100) },
        {
          TableName: tableName,
          IndexName: indexes.pending,
          KeyConditionExpression: 'pending = :pending AND pending_since < :before',
          ExpressionAttributeValues: marshall({ ':pending': pendingPartition, ':before': before.toISOString() }),
        },
      );
      for await (const { Items = [] } of pages) {
        const { left, right } = RA.separate(Items.map(decodePending));
        events.push(...right);
        failures.push(...left);
        if (events.length >= limit) break;
      }
      return { events: events.slice(0, limit), unreadable: failures };
    });

/**
 * Only a pending event belongs into the index. Any other one is reported as unreadable, so that an operator looks at
 * it.
 */
const decodePending = (item: Item): E.Either<StoreFailure, PendingEvent> =>
  pipe(
    decodeItem(eventItem, 'events')(item),
    E.filterOrElse(isPending, ({ lead_id, event_id, state }): StoreFailure => ({
      ...unreadable('events', `state ${state} in the index of pending events`),
      item: eventKey(eventRef({ lead_id, event_id })),
    })),
  );

/** Counts a requeue, and restarts the wait of the reconciler. Changes nothing if the event moved since it was read. */
export const markRequeued =
  (table: EventTable): MarkRequeued =>
  (event, { isMessageLost, notBefore }) => {
    const now = table.now().toISOString();
    return pipe(
      unlessMoved(table, event, {
        set: {
          pending_since: notBefore.toISOString(),
          requeued_at: now,
          requeues: (event.requeues ?? 0) + 1,
          lost_messages: (event.lost_messages ?? 0) + (isMessageLost ? 1 : 0),
        },
        // They are about the message before.
        remove: ['attempts', 'taken_at'],
        step: { at: now, what: 'requeued' },
        once: 'requeue_id',
      }),
      TE.asUnit,
    );
  };

/** Makes an event FAILED with `worker-lost`. Changes nothing if the event moved since it was read. */
export const giveUp =
  (table: EventTable): GiveUp =>
  (event) => {
    const now = table.now().toISOString();
    const reason = 'worker-lost' satisfies FailureReason;
    return unlessMoved(table, event, {
      set: {
        state: 'FAILED' satisfies EventState,
        reason,
        reason_detail: '',
        failed_at: now,
        failed_reason: reason,
      },
      remove: pendingAttributes,
      step: { at: now, what: 'failed', reason },
      once: 'give_up_id',
    });
  };

/** @returns Right: whether the event was changed */
const unlessMoved = (
  table: EventTable,
  event: PendingEvent,
  change: Omit<Change, 'condition'>,
): TE.TaskEither<StoreFailure, boolean> =>
  pipe(
    update(table, eventRef(event), { ...change, condition: hasNotMovedSince(event.pending_since) }),
    TE.map((existing) => existing === undefined),
  );
