import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import type { TaskEither } from 'fp-ts/TaskEither';
import { leadId, type LeadId } from './lead-id';
import { leadNamespace, namespaceOf } from './lead-namespace';
import { leadEventFrom } from './lead-payload';
import { rawKey, type RawKey } from './raw-key';
import type { RecordedEvent } from './recorded-event';
import type { StoreFailure } from './store-failure';
import type { ValidationProblem } from './validation-problem';

/**
 * What the record of an event says of its identity, whatever became of the event since. Other fields of the record are not read: a newer
 * version may have written them.
 */
export const recordedFacts = t.readonly(
  t.intersection([
    t.type({
      lead_id: leadId,
      event_id: t.string,
      source: t.string,
      s3_key: rawKey,
      received_at: t.string,
      event_time: t.string,
    }),
    t.partial({ namespace: leadNamespace }),
  ]),
  'RecordedFacts',
);

export type RecordedFacts = t.TypeOf<typeof recordedFacts>;

/** What the record of an event says that has none yet. */
export const factsOf = ({ event, namespace, eventId, s3Key, receivedAt, eventTime }: RecordedEvent): RecordedFacts => ({
  lead_id: event.lead_id,
  event_id: eventId,
  source: event.source,
  namespace,
  s3_key: s3Key,
  received_at: receivedAt,
  event_time: eventTime,
});

/** Finds the records of a lead's events: the one with an id, or those whose raw object lies under a key. */
export type FindRecords = (
  leadId: LeadId,
  by: Readonly<{ eventId: string }> | Readonly<{ s3Key: RawKey }>,
) => TaskEither<StoreFailure, readonly RecordedFacts[]>;

/**
 * An event by its payload and its record. The record decides: metadata of an object, or the lack of them, must not give an event another
 * source, id or time than the one by which its lead is ordered.
 */
export const asRecorded = (
  read: RecordedEvent,
  known: RecordedFacts,
): E.Either<readonly ValidationProblem[], RecordedEvent> =>
  pipe(
    known.source === read.event.source ? E.right(read.event) : leadEventFrom(known.source)(read.event.payload),
    E.map((event) => ({
      event,
      namespace: namespaceOf(known),
      eventId: known.event_id,
      s3Key: known.s3_key,
      receivedAt: known.received_at,
      eventTime: known.event_time,
      correlationId: read.correlationId,
    })),
  );
