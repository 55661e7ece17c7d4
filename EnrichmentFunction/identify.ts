import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { QueueMessage } from '../shared/stored/queue-message';
import type { RawEvent, RecordedEvent } from '../shared/lead/recorded-event';
import type { RecordedFacts } from '../shared/stored/recorded-facts';
import type { FindRecords } from '../shared/ports/find-records';
import { problemText, type ValidationProblem } from '../shared/codecs/validation-problem';
import { namespaceOf } from '../shared/lead/lead-namespace';
import { leadEventFrom } from '../shared/sources/payloads/lead-payload';
import { type Fault, readFault, storeFault } from './fault';

/**
 * Finds out which event a raw object is. Where message and metadata name the same event nothing is read; the claim
 * brings its record. Else the records of the lead decide: the raw object under the key of an event is that event's,
 * whatever its metadata say or lack. An object under a key of no event is known by its metadata, or by its content. A
 * message that names another lead or event than its object is a fault, because one of the two would be mailed as the
 * other.
 */
export const identify =
  (findRecords: FindRecords) =>
  ({ lead_id, event_id, intent }: QueueMessage) =>
  (raw: RawEvent): TE.TaskEither<Fault, RecordedEvent> => {
    const leadId = raw.event.lead_id;
    if (lead_id !== undefined && lead_id !== leadId) return TE.left(mismatch('lead_id'));
    if (raw.labelled && event_id !== undefined && event_id !== raw.eventId) return TE.left(mismatch('event_id'));
    const isNamed = raw.labelled && event_id !== undefined;
    if (isNamed && intent === undefined) return TE.right(raw);
    const byId = findRecords(leadId, { eventId: raw.eventId });
    return pipe(
      isNamed ? TE.right([]) : findRecords(leadId, { s3Key: raw.s3Key }),
      TE.bindTo('atKey'),
      TE.bind('withId', ({ atKey }) => (ofEvent(atKey, raw.eventId) === undefined ? byId : TE.right([]))),
      TE.mapLeft(storeFault),
      TE.flatMapEither(({ atKey, withId }): E.Either<Fault, RecordedEvent> => {
        const records = atKey.length === 0 ? withId : atKey;
        const known = ofEvent(records, event_id ?? raw.eventId) ?? (records.length === 1 ? records[0] : undefined);
        const id = known?.event_id ?? raw.eventId;
        // The content of an object tells events apart, but for fields that the settings of its source call volatile.
        const isOfAnother = (event_id ?? id) !== id || ((raw.labelled || withId.length > 0) && raw.eventId !== id);
        // Earlier versions gave two events one key in rare cases. Which of them an object without an id is, nothing
        // tells.
        const isAmbiguous = known === undefined && records.length > 1;
        if (isOfAnother || isAmbiguous) return E.left(mismatch('event_id'));
        return known === undefined ? E.right(raw) : byRecord(raw, known);
      }),
    );
  };

const ofEvent = (records: readonly RecordedFacts[], eventId: string): RecordedFacts | undefined =>
  records.find(({ event_id }) => event_id === eventId);

const mismatch = (detail: 'lead_id' | 'event_id'): Fault => ({ reason: 'raw-mismatch', detail });

/** The payload as the event of a record, whose source says where the payload has what. */
export const byRecord = (read: RecordedEvent, known: RecordedFacts): E.Either<Fault, RecordedEvent> =>
  pipe(
    asRecorded(read, known),
    E.mapLeft((problems) => readFault('raw')({ kind: 'unreadable', store: 'raw', paths: problems.map(problemText) })),
  );

/**
 * An event by its payload and its record. The record decides: metadata of an object, or the lack of them, must not give
 * an event another source, id or time than the one by which its lead is ordered.
 */
const asRecorded = (read: RecordedEvent, known: RecordedFacts): E.Either<readonly ValidationProblem[], RecordedEvent> =>
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
