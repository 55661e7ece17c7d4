import type { ValidationProblem } from '../codecs/validation-problem';
import type { LeadEvent } from './lead-event';
import type { LeadId } from './lead-id';
import type { MappedFields } from './mapped-fields';
import type { RawKey } from './raw-key';

/** A lead event with its identity, its times, and the key of its raw object. */
export type RecordedEvent = Readonly<{
  event: LeadEvent;
  /** The namespace of the lead id. It does not change after the event is recorded. */
  namespace: string;
  eventId: string;
  s3Key: RawKey;
  /** When ingestion received the event: an instant in UTC. */
  receivedAt: string;
  /** Orders the events of a lead: an instant in UTC. See `eventTime`. */
  eventTime: string;
  /** Id of the request that sent the event. Only for logs. */
  correlationId: string;
  /** What the mapping of the source read, if the source has one. `event` has the same fields. */
  mapped?: MappedFields;
  /** What could not be read as it was sent: paths of fields, without values. Only while the event is ingested. */
  warnings?: readonly ValidationProblem[];
}>;

/** A raw object as an event. `labelled`: its metadata have the id of the event. Otherwise the id is computed. */
export type RawEvent = RecordedEvent & Readonly<{ labelled: boolean }>;

/**
 * A raw object whose payload alone is not the lead: its source has a mapping, and its metadata do not say what the
 * mapping read. Only the record of its event does.
 */
export type UnreadRaw = Omit<RawEvent, 'event' | 'eventId' | 'namespace'> &
  Readonly<{
    event?: undefined;
    payload: LeadEvent['payload'];
    /** What the metadata name. */
    eventId: string | undefined;
    leadId: LeadId | undefined;
    source: string | undefined;
    namespace: string | undefined;
    /** The lead that the payload would be without a mapping, if the metadata name another one. */
    otherLeadId?: LeadId;
    /** Why the payload is not the lead. */
    problems: readonly string[];
  }>;
