import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { problemText, type ValidationProblem } from '../shared/codecs/validation-problem';
import { namespaceOf } from '../shared/lead/lead-namespace';
import type { RawEvent, RecordedEvent } from '../shared/lead/recorded-event';
import type { FindRecords } from '../shared/ports/find-records';
import { leadEventFrom } from '../shared/sources/payloads/lead-payload';
import type { QueueMessage } from '../shared/stored/queue-message';
import type { RecordedFacts } from '../shared/stored/recorded-facts';
import { type Fault, readFault, storeFault } from './fault';

/**
 * Finds out which event a raw object is.
 *
 * - If the message and the object's metadata name the same event, nothing is read: the claim returns its record.
 * - Otherwise the records of the lead decide. The object under the key of an event is that event's object, whatever its
 *   metadata contain. An object under a key of no event is identified by its metadata, or by its content.
 * - A message that names another lead or event than its object is a fault, because one of the two would be mailed as
 *   the other one.
 */
export const identify =
  (findRecords: FindRecords) =>
  (message: QueueMessage) =>
  (raw: RawEvent): TE.TaskEither<Fault, RecordedEvent> => {
    const { lead_id, event_id, intent } = message;
    const leadId = raw.event.lead_id;
    if (lead_id !== undefined && lead_id !== leadId) return TE.left(mismatch('lead_id'));
    if (raw.labelled && event_id !== undefined && event_id !== raw.eventId) return TE.left(mismatch('event_id'));
    const isNamed = raw.labelled && event_id !== undefined;
    if (isNamed && intent === undefined) return TE.right(raw);
    return pipe(
      isNamed ? TE.right([]) : findRecords(leadId, { s3Key: raw.s3Key }),
      TE.bindTo('atKey'),
      TE.bind('withId', ({ atKey }) =>
        ofEvent(atKey, raw.eventId) === undefined ? findRecords(leadId, { eventId: raw.eventId }) : TE.right([]),
      ),
      TE.mapLeft(storeFault),
      TE.flatMapEither((found) => identifyAmong(found, event_id, raw)),
    );
  };

/** The records of a lead's events: those whose object has the key of the raw object, and the one with its event id. */
type Found = Readonly<{ atKey: readonly RecordedFacts[]; withId: readonly RecordedFacts[] }>;

const identifyAmong = (
  { atKey, withId }: Found,
  namedId: string | undefined,
  raw: RawEvent,
): E.Either<Fault, RecordedEvent> => {
  const records = atKey.length === 0 ? withId : atKey;
  const known = ofEvent(records, namedId ?? raw.eventId) ?? (records.length === 1 ? records[0] : undefined);
  const id = known?.event_id ?? raw.eventId;
  // An id that was computed from the content proves another event only if a record has it: the computation ignores the
  // volatile fields of the source's settings.
  const isIdCertain = raw.labelled || withId.length > 0;
  const isOfAnother = (namedId ?? id) !== id || (isIdCertain && raw.eventId !== id);
  // In rare cases earlier versions gave two events one key. An object without an id could then be either of them.
  const isAmbiguous = known === undefined && records.length > 1;
  if (isOfAnother || isAmbiguous) return E.left(mismatch('event_id'));
  return known === undefined ? E.right(raw) : byRecord(raw, known);
};

const ofEvent = (records: readonly RecordedFacts[], eventId: string): RecordedFacts | undefined =>
  records.find(({ event_id }) => event_id === eventId);

const mismatch = (detail: 'lead_id' | 'event_id'): Fault => ({ reason: 'raw-mismatch', detail });

/**
 * A raw payload as the event of a record. The record's source says in which format the payload is.
 *
 * @returns `raw-unreadable` if the payload is no lead of that source
 */
export const byRecord = (read: RecordedEvent, known: RecordedFacts): E.Either<Fault, RecordedEvent> =>
  pipe(
    asRecorded(read, known),
    E.mapLeft((problems) => readFault('raw')({ kind: 'unreadable', store: 'raw', paths: problems.map(problemText) })),
  );

/** The record decides the source, the id and the times, because the metadata of an object can be missing or wrong. */
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
