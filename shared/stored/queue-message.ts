import * as t from 'io-ts';
import { decodedKey } from '../lead/decoded-key';
import { eventIdText } from '../lead/event-id-text';
import { leadId } from '../lead/lead-id';
import { ofOwnFields } from '../codecs/own-fields';
import { rawKey, type RawKey } from '../lead/raw-key';
import type { RecordedEvent } from '../lead/recorded-event';
import { eventRef, type EventRef } from '../lead/event-ref';

/** A person may have copied the key from a place where it is URL-encoded, its slash included. */
const keyInMessage = new t.Type<RawKey, string, unknown>(
  'RawKey',
  rawKey.is,
  (value, context) => {
    const meant = typeof value === 'string' && !rawKey.is(value) ? decodedKey(value) : undefined;
    return rawKey.validate(meant ?? value, context);
  },
  t.identity,
);

/** What the queue carries: where the raw payload lies. The rest saves time, and is absent in a message made by hand. */
export const queueMessage = ofOwnFields(
  ['s3_key', 'lead_id', 'event_id', 'intent'],
  t.readonly(
    t.intersection([
      t.type({ s3_key: keyInMessage }),
      t.partial({
        lead_id: leadId,
        event_id: eventIdText,
        /** An operator wants the event enriched again, without another mail. */
        intent: t.literal('refresh'),
      }),
    ]),
    'QueueMessage',
  ),
);

export type QueueMessage = t.TypeOf<typeof queueMessage>;

export const messageFor = ({ event, eventId, s3Key }: RecordedEvent): QueueMessage => ({
  s3_key: s3Key,
  lead_id: event.lead_id,
  event_id: eventId,
});

/** The event that a message names, if it names one. */
export const eventInMessage = ({ lead_id, event_id }: QueueMessage): EventRef | undefined =>
  lead_id === undefined || event_id === undefined ? undefined : eventRef({ lead_id, event_id });
