import { paginateScan } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { eventRef, type EventRef } from '../lead/event-ref';
import { eventItem, type EventItem, type EventState, type SettledEvent } from '../stored/event-item';
import { type StoreFailure, unavailable } from '../ports/store-failure';
import { decodeItem } from './decode-item';
import { mailFields, unfinishedFields } from './event-table';
import { type EventTable, update } from './event-update';
import { pendingPartition } from './table-keys';

/** Takes a failed event for settled, with an operator's reason. Answers the item as it is where it has not failed. */
export const discardEvent =
  (table: EventTable) =>
  (event: EventRef, reason: string): TE.TaskEither<StoreFailure, EventItem | undefined> => {
    const now = table.now().toISOString();
    return update(table, event, {
      set: { state: 'DISCARDED' satisfies EventState, discard_reason: reason, discarded_at: now },
      remove: [...unfinishedFields, ...mailFields],
      step: { at: now, what: 'discarded', reason },
      once: 'discard_id',
      condition: '#state = :failed',
      values: { ':failed': 'FAILED' },
    });
  };

/**
 * Notes that an operator sends an event's message again, which allows it as many mails as a new one: the operator has
 * decided that a mail that may be out is to be sent again. Answers the item as it is where it
 * is finished, or a worker holds it.
 */
export const redriveEvent =
  (table: EventTable) =>
  (event: EventRef): TE.TaskEither<StoreFailure, EventItem | undefined> => {
    const now = table.now().toISOString();
    return update(table, event, {
      set: { redriven_at: now },
      remove: mailFields,
      step: { at: now, what: 'redriven' },
      once: 'redrive_id',
      // A letter may be there before its event is given up: its workers were lost after their claims.
      condition: '#state IN (:failed, :received) OR (#state = :claimed AND lease_until < :now)',
      values: { ':failed': 'FAILED', ':received': 'RECEIVED', ':claimed': 'CLAIMED', ':now': now },
    });
  };

/** Makes an event that is settled one to be notified about again. Answers the item as it is where it moved in between. */
export const reopenEvent =
  (table: EventTable) =>
  (event: SettledEvent): TE.TaskEither<StoreFailure, EventItem | undefined> => {
    const now = table.now().toISOString();
    return update(table, eventRef(event), {
      set: {
        state: 'RECEIVED' satisfies EventState,
        replayed_at: now,
        due_at: now,
        pending: pendingPartition,
        pending_since: now,
        // A record of an earlier version has it only in `reason`, which goes.
        ...(event.state === 'FAILED' ? { failed_reason: event.failed_reason ?? event.reason } : {}),
      },
      // They are an earlier round's; `failed_reason` and the times still tell of it.
      remove: ['reason', 'reason_detail', 'attempts', ...mailFields],
      step: { at: now, what: 'replayed' },
      once: 'replay_id',
      condition: '#state = :seen',
      values: { ':seen': event.state },
    });
  };

export type EventFilter = Readonly<{ source?: string; since?: string; until?: string; state?: EventState }>;

export type Scanned = Readonly<{
  events: readonly EventItem[];
  /** The keys of what fits and can't be read: it must not keep the rest from being found. */
  unreadable: readonly string[];
}>;

/** Finds events by what happened to them, by reading the whole table: for an operator, now and then. */
export const scanEvents =
  ({ client, tableName }: EventTable) =>
  ({ source, since = '', until = '9999', state }: EventFilter): TE.TaskEither<StoreFailure, Scanned> =>
    TE.tryCatch(async () => {
      const events: EventItem[] = [];
      const unreadable: string[] = [];
      const pages = paginateScan(
        { client },
        {
          TableName: tableName,
          FilterExpression: [
            'begins_with(sk, :event) AND received_at BETWEEN :since AND :until',
            ...(source === undefined ? [] : ['#source = :source']),
            ...(state === undefined ? [] : ['#state = :state']),
          ].join(' AND '),
          ...(source === undefined && state === undefined
            ? {}
            : {
                ExpressionAttributeNames: {
                  ...(source === undefined ? {} : { '#source': 'source' }),
                  ...(state === undefined ? {} : { '#state': 'state' }),
                },
              }),
          ExpressionAttributeValues: marshall(
            { ':event': 'EVENT#', ':since': since, ':until': until, ':source': source, ':state': state },
            { removeUndefinedValues: true },
          ),
        },
      );
      for await (const { Items = [] } of pages) {
        for (const item of Items) {
          const read = decodeItem(eventItem, 'events')(item);
          if (E.isRight(read)) events.push(read.right);
          else unreadable.push(`${item.pk?.S} ${item.sk?.S}`);
        }
      }
      return { events, unreadable };
    }, unavailable('events'));
