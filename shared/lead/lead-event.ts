import * as t from 'io-ts';
import { emailAddress } from './email-address';
import { instant } from '../codecs/instant';
import { jsonObject } from '../codecs/json-object';
import { leadId } from './lead-id';

/** What a source sent about a lead, in one form for all formats of payloads. */
export const leadEvent = t.readonly(
  t.intersection([
    t.type({
      source: t.string,
      lead_id: leadId,
      email: emailAddress,
      /**
       * The parsed body, without its secret. The names in the code: *body* is the text or the JSON that the sender
       * sent, *payload* is the JSON object without the secret, and the *raw object* in S3 has the payload. All of its
       * fields are kept.
       */
      payload: jsonObject,
    }),
    t.partial({
      display_name: t.string,
      status: t.string,
      /** When the event happened, if the payload says it: an instant in UTC. */
      occurred_at: instant,
    }),
  ]),
  'LeadEvent',
);

export type LeadEvent = t.TypeOf<typeof leadEvent>;
