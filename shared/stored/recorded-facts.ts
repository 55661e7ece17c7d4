import * as t from 'io-ts';
import { instant } from '../codecs/instant';
import { leadId } from '../lead/lead-id';
import { leadNamespace } from '../lead/lead-namespace';
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
    /** Absent in items of earlier versions: see `namespaceOf`. */
    t.partial({ namespace: leadNamespace }),
  ]),
  'RecordedFacts',
);

export type RecordedFacts = t.TypeOf<typeof recordedFacts>;

/** The facts of an event that has no item yet. */
export const factsOf = ({ event, namespace, eventId, s3Key, receivedAt, eventTime }: RecordedEvent): RecordedFacts => ({
  lead_id: event.lead_id,
  event_id: eventId,
  source: event.source,
  namespace,
  s3_key: s3Key,
  received_at: receivedAt,
  event_time: eventTime,
});
