import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { secretFilter, type SecretFilter } from '../codecs/secret-filter';
import type { ValidationProblem } from '../codecs/validation-problem';
import { deliveryEventId, eventId } from '../lead/event-id';
import { eventTime } from '../lead/event-time';
import type { LeadEvent } from '../lead/lead-event';
import { mappedFieldsOf } from '../lead/mapped-fields';
import { rawKeyOf } from '../lead/raw-key';
import type { RecordedEvent } from '../lead/recorded-event';
import { nameIn } from '../sources/payloads/default-format';
import { isMapped, type PayloadSettings } from '../sources/payloads/payload-settings';
import type { LeadFields } from '../sources/payloads/lead-fields';
import type { Reading } from '../sources/payloads/read-leads';
import type { Payload } from '../sources/sent-payload';
import type { Sender } from './sender';

/** When a lead came in. */
export type Receipt = Readonly<{
  /** When Leadline begins to process the lead. Its delay counts from then. */
  receivedAt: Date;
  /** When the sender sent the lead, if that was earlier: a quarantined lead may wait for days. */
  sentAt?: Date;
  correlationId: string;
}>;

/**
 * Gives each lead that was read from the payloads of a sender its event: the id, the key of the raw object and the
 * times. Removes the secrets of the sender from all that is kept.
 *
 * @returns the problems of the payload, or of a field that identifies the lead and contains a secret
 */
export const recordOf = (sender: Sender) => {
  const filter = secretFilter(sender.secrets);
  const toRecord = (
    fields: LeadFields,
    reading: Reading,
    { receivedAt, sentAt = receivedAt, correlationId }: Receipt,
  ): RecordedEvent => {
    const event = eventOf(sender.sourceId, fields, filter.takenFrom(reading.payload) as Payload, filter);
    const id = idOf(sender.sourceId, event, reading.identity, filter);
    return {
      event,
      namespace: sender.leadNamespace,
      eventId: id,
      s3Key: rawKeyOf(event.lead_id, receivedAt, id),
      receivedAt: receivedAt.toISOString(),
      eventTime: eventTime(event, sentAt),
      correlationId,
      ...mappedOf(sender.payload, event),
      ...(reading.warnings.length === 0 ? {} : { warnings: reading.warnings }),
    };
  };
  return (reading: Reading, receipt: Receipt): E.Either<readonly ValidationProblem[], RecordedEvent> =>
    pipe(
      reading.fields,
      E.flatMap((fields) => {
        const problems = secretProblems(sender, fields, filter);
        return problems.length === 0 ? E.right(toRecord(fields, reading, receipt)) : E.left(problems);
      }),
    );
};

const eventOf = (source: string, fields: LeadFields, payload: Payload, { takenFrom }: SecretFilter): LeadEvent => {
  const { lead_id, email, display_name, status, occurred_at } = fields;
  return {
    source,
    lead_id,
    email,
    payload,
    ...(display_name === undefined ? {} : { display_name: takenFrom(display_name) as string }),
    ...(status === undefined ? {} : { status: takenFrom(status) as string }),
    ...(occurred_at === undefined ? {} : { occurred_at }),
  };
};

const mappedOf = (settings: PayloadSettings, event: LeadEvent): Pick<RecordedEvent, 'mapped'> =>
  isMapped(settings) ? { mapped: mappedFieldsOf(event) } : {};

const idOf = (source: string, event: LeadEvent, identity: Reading['identity'], { takenFrom }: SecretFilter): string => {
  switch (identity.kind) {
    case 'content':
      return eventId(source, takenFrom(identity.content) as Payload);
    case 'key':
      return deliveryEventId({ source, key: identity.key, leadId: event.lead_id, ordinal: identity.ordinal });
  }
};

/** A field that contains the secret cannot identify a lead: without the secret it would identify another lead. */
const secretProblems = (
  { sourceId, payload }: Sender,
  { lead_id, email }: LeadFields,
  { isIn }: SecretFilter,
): readonly ValidationProblem[] => {
  const emailPath = isMapped(payload) ? 'email' : nameIn(sourceId, 'email');
  return [
    { path: 'webhook_id', value: sourceId },
    { path: 'lead_id', value: lead_id },
    { path: emailPath, value: email },
  ].flatMap(({ path, value }) => (isIn(value) ? [{ path, message: 'must not contain the secret' }] : []));
};
