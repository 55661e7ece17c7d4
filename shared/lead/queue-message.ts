import * as t from 'io-ts';
import { eventIdText } from './event-id-text';
import { leadId } from './lead-id';
import { rawKey } from './raw-key';
import type { RecordedEvent } from './recorded-event';

/** What the queue carries: where the raw payload lies. The rest saves time, and is absent in a message made by hand. */
export const queueMessage = t.readonly(
  t.intersection([
    t.type({ s3_key: rawKey }),
    t.partial({
      lead_id: leadId,
      event_id: eventIdText,
      /** An operator wants the event enriched again, without another mail. */
      intent: t.literal('refresh'),
    }),
  ]),
  'QueueMessage',
);

export type QueueMessage = t.TypeOf<typeof queueMessage>;

export const messageFor = ({ event, eventId, s3Key }: RecordedEvent): QueueMessage => ({
  s3_key: s3Key,
  lead_id: event.lead_id,
  event_id: eventId,
});
