import * as E from 'fp-ts/Either';
import type { ValidationProblem } from '../codecs/validation-problem';
import type { LeadEvent } from '../lead/lead-event';
import type { MappedFields } from '../lead/mapped-fields';
import type { RecordedFacts } from '../stored/recorded-facts';
import { leadEventFrom } from './payloads/lead-payload';

/** What was read of a payload without the record: the event, and whether a mapping read it. */
type Read = Readonly<{ event: LeadEvent; mapped?: MappedFields }>;

/**
 * A payload as the event that its record describes. What the mapping read when the event was accepted counts, whatever
 * the mapping of the source says now.
 *
 * @returns the problems of a payload that is no lead of the recorded source
 */
export const eventAsRecorded = (
  { event, mapped }: Read,
  known: RecordedFacts,
): E.Either<readonly ValidationProblem[], LeadEvent> => {
  const isAsRead = mapped === undefined && known.mapped === undefined && known.source === event.source;
  return isAsRead ? E.right(event) : eventOfRecord(event.payload, known);
};

/** A payload, of which nothing was read yet, as the event that its record describes. */
export const eventOfRecord = (
  payload: LeadEvent['payload'],
  known: RecordedFacts,
): E.Either<readonly ValidationProblem[], LeadEvent> =>
  known.mapped === undefined
    ? leadEventFrom(known.source)(payload)
    : E.right(mappedEvent(payload, known, known.mapped));

/** An event whose mapping was applied at its ingestion. */
export const mappedEvent = (
  payload: LeadEvent['payload'],
  { source, lead_id }: Pick<RecordedFacts, 'source' | 'lead_id'>,
  mapped: MappedFields,
): LeadEvent => ({ source, lead_id, payload, ...mapped });
