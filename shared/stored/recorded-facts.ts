import * as t from 'io-ts';
import { instant } from '../codecs/instant';
import { leadId } from '../lead/lead-id';
import { leadNamespace } from '../lead/lead-namespace';
import { mappedFields } from '../lead/mapped-fields';
import { rawKey } from '../lead/raw-key';
import type { RecordedEvent } from '../lead/recorded-event';

/**
 * What an item says about its event that does not depend on the state. The other attributes are not decoded, because a
 * newer version may have written them.
 */
export const recordedFacts = t.readonly(
  t.intersection([
    t.type({
      lead_id: leadId,
      event_id: t.string,
      source: t.string,
      s3_key: rawKey,
      received_at: instant,
      /** The events of a lead are ordered by this time. */
      event_time: instant,
    }),
    t.partial({
      /** Absent in items of earlier versions: see `namespaceOf`. */
      namespace: leadNamespace,
      /** Present if the source had a mapping when the event was accepted. */
      mapped: mappedFields,
      /** Receipt plus the delay of the queue. */
      due_at: t.string,
      /** When an operator last resent the event's message, or made the event pending again. */
      redriven_at: t.string,
      replayed_at: t.string,
    }),
  ]),
  'RecordedFacts',
);

export type RecordedFacts = t.TypeOf<typeof recordedFacts>;

/** The facts of an event that has no item yet. */
export const factsOf = (record: RecordedEvent): RecordedFacts => ({
  lead_id: record.event.lead_id,
  event_id: record.eventId,
  source: record.event.source,
  namespace: record.namespace,
  s3_key: record.s3Key,
  received_at: record.receivedAt,
  event_time: record.eventTime,
  ...(record.mapped === undefined ? {} : { mapped: record.mapped }),
});
