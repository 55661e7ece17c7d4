import * as t from 'io-ts';
import { decodedKey } from '../lead/decoded-key';
import { eventIdText } from '../lead/event-id-text';
import { leadId } from '../lead/lead-id';
import { ofOwnFields } from '../codecs/own-fields';
import { rawKey, type RawKey } from '../lead/raw-key';
import type { RecordedEvent } from '../lead/recorded-event';
import { eventRef, type EventRef } from '../lead/event-ref';
import type { EventItem } from './event-item';

/** Accepts a URL-encoded key too, because a person may copy one from a notification of S3. */
const keyInMessage = new t.Type<RawKey, string, unknown>(
  'RawKey',
  rawKey.is,
  (value, context) => {
    const decoded = typeof value === 'string' && !rawKey.is(value) ? decodedKey(value) : undefined;
    return rawKey.validate(decoded ?? value, context);
  },
  t.identity,
);

const count = t.refinement(
  t.number,
  (value) => Number.isInteger(value) && value >= 0 && value <= 100,
  'a whole number from 0 to 100',
);

/** A message of the queues. Only the key is required, so that a person can write a message. The rest saves reads. */
export const queueMessage = ofOwnFields(
  ['s3_key', 'lead_id', 'event_id', 'correlation_id', 'intent', 'resends'],
  t.readonly(
    t.intersection([
      t.type({ s3_key: keyInMessage }),
      t.partial({
        lead_id: leadId,
        event_id: eventIdText,
        /** Id of the request that sent the event. Only for logs. */
        correlation_id: eventIdText,
        /** An operator asked to enrich the event again without another mail. */
        intent: t.literal('refresh'),
        /** How many times the message was sent again because another worker held the event at its last receive. */
        resends: count,
      }),
    ]),
    'QueueMessage',
  ),
);

export type QueueMessage = t.TypeOf<typeof queueMessage>;

/** The id of a request in a message. One that no message may have is left out, because it is only for logs. */
export const correlationIn = (id: string | undefined): Pick<QueueMessage, 'correlation_id'> =>
  eventIdText.is(id) ? { correlation_id: id } : {};

/** The message of a recorded event. */
export const messageFor = ({ event, eventId, s3Key, correlationId }: RecordedEvent): QueueMessage => ({
  s3_key: s3Key,
  lead_id: event.lead_id,
  event_id: eventId,
  ...correlationIn(correlationId),
});

/** The message of an event by its item. Its request is not in it: see `correlationIn`. */
export const eventMessage = ({ s3_key, lead_id, event_id }: EventItem): QueueMessage => ({ s3_key, lead_id, event_id });

/** The event that a message names. `undefined` if the message has no ids. */
export const eventInMessage = ({ lead_id, event_id }: QueueMessage): EventRef | undefined =>
  lead_id === undefined || event_id === undefined ? undefined : eventRef({ lead_id, event_id });
