import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import type { Attempt, Claim, ClaimEvent, EventRef, MarkNotified, RecordFailure } from '../lead/claim';
import { eventItem, type EventItem, mayBeHalfIngested } from '../lead/event-item';
import { namespaceOf } from '../lead/lead-namespace';
import type { Recorded, RecordedEvent, RecordEvent } from '../lead/recorded-event';
import { type StoreFailure, unavailable } from '../lead/store-failure';
import { decodeItem } from './decode-item';
import { eventKey, pendingPartition } from './table-keys';

export type EventTable = Readonly<{
  client: DynamoDBClient;
  tableName: string;
  now: () => Date;
  /** After that an event's item goes, and the same event sent again would be taken as new. */
  retentionDays: number;
}>;

/** One conditional write decides: whoever's write succeeds owns the event, all others read what it wrote. */
export const recordEvent =
  (table: EventTable, delaySeconds: number): RecordEvent =>
  (candidate) => {
    const recordedBy = randomUUID();
    return pipe(
      conditional(() =>
        table.client.send(
          new PutItemCommand({
            TableName: table.tableName,
            Item: marshall({
              ...eventKey(refOf(candidate)),
              ...baseOf(table, candidate),
              state: 'RECEIVED' satisfies EventItem['state'],
              due_at: later(candidate.receivedAt, delaySeconds * 1000),
              correlation_id: candidate.correlationId,
              recorded_by: recordedBy,
              pending: pendingPartition,
              pending_since: candidate.receivedAt,
            }),
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      ),
      TE.map((taken): Recorded =>
        taken === undefined ? { kind: 'new', record: candidate } : recordedBefore(candidate, recordedBy, taken),
      ),
    );
  };

/** The SDK writes again when an answer is late: an item that this very call wrote is no duplicate. */
const recordedBefore = (candidate: RecordedEvent, recordedBy: string, taken: EventItem): Recorded => ({
  kind: taken.recorded_by === recordedBy ? 'new' : mayBeHalfIngested(taken.state) ? 'half-ingested' : 'ingested',
  record: {
    ...candidate,
    namespace: namespaceOf(taken),
    s3Key: taken.s3_key,
    receivedAt: taken.received_at,
    eventTime: taken.event_time,
  },
});

export const claimEvent =
  (table: EventTable, skewMs: number): ClaimEvent =>
  (record, attempt) => {
    const now = table.now().toISOString();
    const leaseUntil = later(now, attempt.remainingMs + skewMs);
    return pipe(
      update(table, refOf(record), {
        set: {
          state: 'CLAIMED' satisfies EventItem['state'],
          claim_id: attempt.claimId,
          claimed_at: now,
          lease_until: leaseUntil,
          attempts: attempt.receiveCount,
          pending: pendingPartition,
          pending_since: now,
        },
        setOnce: baseOf(table, record),
        condition: `attribute_not_exists(pk) OR ${freeFor}`,
        values: freeForValues(attempt, now),
      }),
      TE.map((taken): Claim =>
        taken === undefined ? { kind: 'claimed', leaseUntil: new Date(leaseUntil) } : claimedBefore(taken),
      ),
    );
  };

const claimedBefore = ({ state, lease_until = '' }: EventItem): Claim => {
  switch (state) {
    case 'NOTIFIED':
      return { kind: 'already-notified' };
    case 'DISCARDED':
      return { kind: 'discarded' };
    case 'RECEIVED':
    case 'FAILED':
    case 'CLAIMED':
      return { kind: 'held-by-another', leaseUntil: new Date(lease_until) };
  }
};

export const markNotified =
  (table: EventTable): MarkNotified =>
  (event) =>
    pipe(
      update(table, event, {
        set: { state: 'NOTIFIED' satisfies EventItem['state'], notified_at: table.now().toISOString() },
        remove: unfinishedFields,
        condition: 'attribute_exists(pk)',
      }),
      TE.asUnit,
    );

export const recordFailure =
  (table: EventTable): RecordFailure =>
  (event, attempt, { reason, detail, next }, record) => {
    const now = table.now().toISOString();
    const why = { reason, reason_detail: detail, attempts: attempt.receiveCount };
    const ifFree = {
      condition:
        record === undefined ? `attribute_exists(pk) AND (${freeFor})` : `attribute_not_exists(pk) OR ${freeFor}`,
      values: freeForValues(attempt, now),
      ...(record === undefined ? {} : { setOnce: baseOf(table, record) }),
    };
    const change = (): Change => {
      switch (next) {
        case 'hold':
          return {
            set: why,
            condition: '#state = :claimed AND claim_id = :mine',
            values: { ':claimed': 'CLAIMED', ':mine': attempt.claimId },
          };
        case 'retry':
          return {
            ...ifFree,
            set: {
              ...why,
              state: 'RECEIVED' satisfies EventItem['state'],
              pending: pendingPartition,
              pending_since: now,
            },
            // The count of requeues stays: who tells of this failure may be gone before the last one.
            remove: leaseFields,
          };
        case 'give-up':
          return {
            ...ifFree,
            set: { ...why, state: 'FAILED' satisfies EventItem['state'], failed_at: now, failed_reason: reason },
            remove: unfinishedFields,
          };
      }
    };
    return pipe(update(table, event, change()), TE.asUnit);
  };

const leaseFields = ['claim_id', 'lease_until'];

/** What an event sheds when it is finished. */
export const unfinishedFields = ['pending', 'pending_since', 'requeues', ...leaseFields];

/** Nobody else works on the event, and it is not finished. A claim of our own stays ours when its answer got lost. */
const freeFor = '#state IN (:received, :failed) OR (#state = :claimed AND (lease_until < :now OR claim_id = :mine))';

const freeForValues = ({ claimId }: Attempt, now: string): Record<string, string> => ({
  ':received': 'RECEIVED',
  ':failed': 'FAILED',
  ':claimed': 'CLAIMED',
  ':now': now,
  ':mine': claimId,
});

export type Change = Readonly<{
  set: Readonly<Record<string, string | number>>;
  /** What is set only where it is absent. */
  setOnce?: Readonly<Record<string, string | number>>;
  remove?: readonly string[];
  condition: string;
  values?: Readonly<Record<string, string>>;
}>;

/** Changes an event's item; where the condition does not hold it answers the item as it is, and changes nothing. */
export const update = (
  { client, tableName }: EventTable,
  event: EventRef,
  { set, setOnce = {}, remove = [], condition, values = {} }: Change,
): TE.TaskEither<StoreFailure, EventItem | undefined> => {
  const names = [
    ...Object.keys(set),
    ...Object.keys(setOnce),
    ...remove,
    ...(condition.includes('#state') ? ['state'] : []),
  ];
  const assignments = [
    ...Object.keys(set).map((name) => `#${name} = :set_${name}`),
    ...Object.keys(setOnce).map((name) => `#${name} = if_not_exists(#${name}, :once_${name})`),
  ];
  const input: UpdateItemCommandInput = {
    TableName: tableName,
    Key: marshall(eventKey(event)),
    UpdateExpression: [
      `SET ${assignments.join(', ')}`,
      ...(remove.length === 0 ? [] : [`REMOVE ${remove.map((name) => `#${name}`).join(', ')}`]),
    ].join(' '),
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: marshall({
      ...values,
      ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:set_${name}`, value])),
      ...Object.fromEntries(Object.entries(setOnce).map(([name, value]) => [`:once_${name}`, value])),
    }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
  return conditional(() => client.send(new UpdateItemCommand(input)));
};

/** Runs a conditional write: `undefined` if it happened or there was nothing to change, else the item that stood in its way. */
const conditional = (write: () => Promise<unknown>): TE.TaskEither<StoreFailure, EventItem | undefined> =>
  pipe(
    TE.tryCatch(write, (error) => error),
    TE.map(() => undefined),
    TE.orElse((error) =>
      TE.fromEither<StoreFailure, EventItem | undefined>(
        error instanceof ConditionalCheckFailedException
          ? error.Item === undefined
            ? E.right(undefined)
            : decodeItem(eventItem, 'events')(error.Item)
          : E.left(unavailable('events')(error)),
      ),
    ),
  );

const refOf = ({ event, eventId }: RecordedEvent): EventRef => ({ leadId: event.lead_id, eventId });

/** An event that is worked on after its record had expired gets one that lives as long as any other: without it, it would be mailed again. */
const baseOf = (
  { now, retentionDays }: EventTable,
  { event, namespace, eventId, s3Key, receivedAt, eventTime }: RecordedEvent,
) => ({
  lead_id: event.lead_id,
  event_id: eventId,
  source: event.source,
  namespace,
  s3_key: s3Key,
  received_at: receivedAt,
  event_time: eventTime,
  expires_at: Math.floor(Math.max(Date.parse(receivedAt), now().getTime()) / 1000) + retentionDays * 86_400,
});

const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
