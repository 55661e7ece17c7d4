import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { emailAddress } from '../../lead/email-address';
import { instant } from '../../codecs/instant';
import type { LeadEvent } from '../../lead/lead-event';
import { leadId } from '../../lead/lead-id';
import { optional, textUpTo } from '../../codecs/optional';
import { validationProblems, type ValidationProblem } from '../../codecs/validation-problem';

/** The source of everything that comes in by `POST /ingest`; its payloads have a shape of their own. */
export const ingestSource = 'ingest';

const about = t.partial({
  display_name: optional(textUpTo(256)),
  status: optional(textUpTo(128)),
  occurred_at: optional(instant),
});

/** What `POST /ingest` takes. Other fields are kept as they are. */
const ingestPayload = t.intersection([t.type({ lead_id: leadId, lead_email: emailAddress }), about]);

/** What `POST /webhook` takes, once the secret is off. Other fields are kept as they are. */
const webhookPayload = t.intersection([t.type({ lead_id: leadId, email: emailAddress }), about]);

/** The fields of a payload that say which lead it is about, and whose. */
export const identifyingFields = (source: string): readonly string[] =>
  source === ingestSource ? ['lead_id', 'lead_email'] : ['webhook_id', 'lead_id', 'email'];

type Payload = Readonly<Record<string, unknown>>;

/** What a lead is made of; of a payload nothing else is decoded. */
const fields = ['lead_id', 'lead_email', 'email', 'display_name', 'status', 'occurred_at'] as const;

/** Only what the payload has of its own: io-ts copies what it decodes, and a copied key `__proto__` would bring fields of its own. */
const fieldsOf = (payload: Payload): Payload =>
  Object.fromEntries(fields.filter((field) => Object.hasOwn(payload, field)).map((field) => [field, payload[field]]));

/**
 * Reads a payload as a lead event. The same payload of the same source is always the same event, so that a raw
 * object can be read again at any time.
 *
 * @param payload what the sender sent, without secrets
 */
export const leadEventFrom =
  (source: string) =>
  (payload: Payload): E.Either<readonly ValidationProblem[], LeadEvent> =>
    pipe(
      source === ingestSource
        ? pipe(
            ingestPayload.decode(fieldsOf(payload)),
            E.map(({ lead_email, ...rest }) => ({ ...rest, email: lead_email })),
          )
        : webhookPayload.decode(fieldsOf(payload)),
      E.bimap(validationProblems, ({ lead_id, email, display_name, status, occurred_at }) => ({
        source,
        lead_id,
        email,
        payload,
        ...(display_name === undefined ? {} : { display_name }),
        ...(status === undefined ? {} : { status }),
        ...(occurred_at === undefined ? {} : { occurred_at }),
      })),
    );

/** The source of a raw object that does not say so itself: one that somebody put there by hand. */
export const sourceOf = (payload: Payload): string =>
  typeof payload.webhook_id === 'string' ? payload.webhook_id : ingestSource;
