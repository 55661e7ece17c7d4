import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import { dueAt } from '../lead/due-at';
import { recordRef } from '../lead/event-ref';
import { namespaceOf } from '../lead/lead-namespace';
import type { RecordedEvent } from '../lead/recorded-event';
import type { Recorded, RecordEvent } from '../ports/record-event';
import { eventAsRecorded } from '../sources/event-as-recorded';
import type { EventItem } from '../stored/event-item';
import { type EventState, isUnfinished } from '../stored/event-state';
import { isNotRecorded } from './event-conditions';
import { type EventTable, recordAttributes } from './event-table';
import { conditionalWrite, type Written } from './event-write';
import { eventKey, pendingPartition } from './table-keys';

/**
 * Records an event by one conditional write. Of concurrent callers one writes the item. The others read what it wrote.
 *
 * @param delaySeconds the delay of the queue
 */
export const recordEvent =
  (table: EventTable, delaySeconds: number): RecordEvent =>
  (candidate) => {
    const recordedBy = randomUUID();
    const put = () =>
      table.client.send(
        new PutItemCommand({
          TableName: table.tableName,
          Item: marshall(newItem(table, delaySeconds, candidate, recordedBy)),
          ConditionExpression: isNotRecorded.text,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
    return pipe(
      conditionalWrite(put),
      TE.map((result) => recordedFrom(candidate, recordedBy, result)),
    );
  };

const newItem = (table: EventTable, delaySeconds: number, candidate: RecordedEvent, recordedBy: string) => ({
  ...eventKey(recordRef(candidate)),
  ...recordAttributes(table, candidate),
  state: 'RECEIVED' satisfies EventState,
  due_at: dueAt(candidate.receivedAt, delaySeconds),
  correlation_id: candidate.correlationId,
  ...(candidate.warnings === undefined ? {} : { warnings: candidate.warnings }),
  recorded_by: recordedBy,
  pending: pendingPartition(candidate.eventId),
  pending_since: candidate.receivedAt,
});

const recordedFrom = (candidate: RecordedEvent, recordedBy: string, result: Written): Recorded => {
  if (result.kind === 'written') return { kind: 'new', record: candidate };
  const { existing } = result;
  return {
    kind: kindOf(existing, recordedBy),
    record: {
      ...asAccepted(candidate, existing),
      namespace: namespaceOf(existing),
      s3Key: existing.s3_key,
      receivedAt: existing.received_at,
      eventTime: existing.event_time,
    },
  };
};

/**
 * The candidate with what was read of it when it was accepted. A source whose mapping was added later may have a payload
 * that its earlier format no longer reads: then the candidate is as it is.
 */
const asAccepted = (candidate: RecordedEvent, existing: EventItem): RecordedEvent => {
  const { eventId, s3Key, receivedAt, eventTime, namespace, correlationId } = candidate;
  return {
    ...{ eventId, s3Key, receivedAt, eventTime, namespace, correlationId },
    event: pipe(
      eventAsRecorded(candidate, existing),
      E.getOrElse(() => candidate.event),
    ),
    ...(existing.mapped === undefined ? {} : { mapped: existing.mapped }),
    ...(existing.warnings === undefined ? {} : { warnings: existing.warnings }),
  };
};

/** The SDK retries a write whose response is late. An item that this call itself wrote is no duplicate. */
const kindOf = (existing: EventItem, recordedBy: string): Recorded['kind'] => {
  if (existing.recorded_by === recordedBy) return 'new';
  return isUnfinished(existing.state) ? 'unfinished' : 'finished';
};
