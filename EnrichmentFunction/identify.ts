import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { problemText } from '../shared/codecs/validation-problem';
import type { LeadEvent } from '../shared/lead/lead-event';
import { namespaceOf } from '../shared/lead/lead-namespace';
import type { RawEvent, RecordedEvent, UnreadRaw } from '../shared/lead/recorded-event';
import type { FindRecords } from '../shared/ports/find-records';
import { eventAsRecorded, eventOfRecord } from '../shared/sources/event-as-recorded';
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
 *   the other one. An object without metadata is of the event under its key if a mapping read that event.
 */
export const identify =
  (findRecords: FindRecords) =>
  (message: QueueMessage) =>
  (raw: RawEvent | UnreadRaw): TE.TaskEither<Fault, RecordedEvent> => {
    if (raw.event === undefined) return identifyUnread(findRecords, message, raw);
    const { lead_id, event_id, intent } = message;
    const leadId = raw.event.lead_id;
    if (lead_id !== undefined && lead_id !== leadId)
      return raw.labelled || raw.mapped !== undefined
        ? TE.left(mismatch('lead_id'))
        : identifyUnread(findRecords, message, unlabelled(raw));
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
 * A raw payload as the event of a record: the record says what the mapping of the source read, or in which format the
 * payload is.
 *
 * @returns `raw-unreadable` if the payload is no lead of that source
 */
export const byRecord = (read: RecordedEvent, known: RecordedFacts): E.Either<Fault, RecordedEvent> =>
  pipe(
    eventAsRecorded(read, known),
    E.bimap(
      (problems) => unreadableRaw(problems.map(problemText)),
      (event) => asRecorded(event, read.correlationId, known),
    ),
  );

/** The record decides the source, the id and the times, because the metadata of an object can be missing or wrong. */
const asRecorded = (event: LeadEvent, correlationId: string, known: RecordedFacts): RecordedEvent => ({
  event,
  namespace: namespaceOf(known),
  eventId: known.event_id,
  s3Key: known.s3_key,
  receivedAt: known.received_at,
  eventTime: known.event_time,
  correlationId,
  ...(known.mapped === undefined ? {} : { mapped: known.mapped }),
});

const unreadableRaw = (paths: readonly string[]): Fault =>
  readFault('raw')({ kind: 'unreadable', store: 'raw', paths });

/**
 * An object without metadata whose payload is another lead than the message names. It may be of a source with a mapping,
 * whose payloads may have another lead in the fields of the default format.
 */
const unlabelled = ({ event, ...raw }: RawEvent): UnreadRaw => ({
  ...raw,
  payload: event.payload,
  eventId: undefined,
  leadId: undefined,
  source: undefined,
  namespace: undefined,
  event: undefined,
  otherLeadId: event.lead_id,
  problems: [],
});

/**
 * A payload that is not the lead by itself is the event under its key, if the record of that event says how to read it:
 * by what the mapping of its source read, or by the source, whose format the payload does not name.
 */
const identifyUnread = (
  findRecords: FindRecords,
  { lead_id, event_id }: QueueMessage,
  raw: UnreadRaw,
): TE.TaskEither<Fault, RecordedEvent> => {
  const leadId = lead_id ?? raw.leadId;
  if (leadId === undefined) return TE.left(unreadableRaw(raw.problems));
  if (raw.leadId !== undefined && raw.leadId !== leadId) return TE.left(mismatch('lead_id'));
  if (event_id !== undefined && raw.eventId !== undefined && raw.eventId !== event_id)
    return TE.left(mismatch('event_id'));
  return pipe(
    findRecords(leadId, { s3Key: raw.s3Key }),
    TE.mapLeft(storeFault),
    TE.flatMapEither((atKey) => {
      const id = event_id ?? raw.eventId;
      const known = id === undefined ? atKey[0] : ofEvent(atKey, id);
      const isAmbiguous = id === undefined && atKey.length > 1;
      const refusal = raw.otherLeadId === undefined ? unreadableRaw(raw.problems) : mismatch('lead_id');
      if (known === undefined || isAmbiguous) return E.left(refusal);
      return pipe(
        eventOfRecord(raw.payload, known),
        E.mapLeft(() => refusal),
        E.filterOrElse(
          (event) => event.lead_id === known.lead_id,
          () => refusal,
        ),
        E.map((event) => asRecorded(event, raw.correlationId, known)),
      );
    }),
  );
};
