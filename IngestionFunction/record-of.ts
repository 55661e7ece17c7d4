import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { secretFilter, type SecretFilter } from '../shared/codecs/secret-filter';
import type { ValidationProblem } from '../shared/codecs/validation-problem';
import { eventId } from '../shared/lead/event-id';
import { eventTime } from '../shared/lead/event-time';
import type { LeadEvent } from '../shared/lead/lead-event';
import { rawKeyOf } from '../shared/lead/raw-key';
import type { RecordedEvent } from '../shared/lead/recorded-event';
import { identifyingFields, leadEventFrom } from '../shared/sources/payloads/lead-payload';
import { type Payload, type SentBody, withoutSecret, withoutVolatile } from '../shared/sources/sent-payload';
import type { Sender } from './find-sender';
import type { Refusal } from './http/refusal';
import type { LeadRequest } from './lead-request';

/**
 * Validates a body as a lead event, and gives the event its id, its key and its times.
 *
 * @param now when the request was received
 * @returns `not-a-lead` with the invalid fields. A field that identifies the lead is invalid if it contains the secret
 */
export const recordOf = (
  now: Date,
  { correlationId }: LeadRequest,
  body: SentBody,
  { sourceId, leadNamespace, volatileFields, secrets }: Sender,
): E.Either<Refusal, RecordedEvent> => {
  const filter = secretFilter(secrets);
  const withoutFields = withoutSecret(body);
  const payload = filter.takenFrom(withoutFields) as Payload;
  const toRecord = (event: LeadEvent): RecordedEvent => {
    const id = eventId(sourceId, withoutVolatile(payload, volatileFields));
    return {
      event,
      namespace: leadNamespace,
      eventId: id,
      s3Key: rawKeyOf(event.lead_id, now, id),
      receivedAt: now.toISOString(),
      eventTime: eventTime(event, now),
      correlationId,
    };
  };
  return pipe(
    secretProblems(sourceId, withoutFields, filter),
    E.flatMap(() => leadEventFrom(sourceId)(payload)),
    E.bimap((errors): Refusal => ({ kind: 'not-a-lead', errors }), toRecord),
  );
};

/** A field that contains the secret cannot identify a lead: without the secret it would identify another lead. */
const secretProblems = (
  sourceId: string,
  body: SentBody,
  { isIn }: SecretFilter,
): E.Either<readonly ValidationProblem[], void> => {
  const problems = identifyingFields(sourceId)
    .filter((field) => isIn(String(body[field])))
    .map((path) => ({ path, message: 'must not contain the secret' }));
  return problems.length > 0 ? E.left(problems) : E.right(undefined);
};
