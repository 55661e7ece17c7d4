import * as t from 'io-ts';
import { emailAddress } from './email-address';
import { instant } from '../codecs/instant';
import { jsonObject } from '../codecs/json-object';
import { leadId } from './lead-id';

/** One thing that a source told us about a lead, in our words, whatever its payload looked like. */
export const leadEvent = t.readonly(
  t.intersection([
    t.type({
      source: t.string,
      lead_id: leadId,
      email: emailAddress,
      /** What the sender sent, without secrets; kept so that nothing it knew is lost. */
      payload: jsonObject,
    }),
    t.partial({
      display_name: t.string,
      status: t.string,
      /** When it happened, if the sender said so. */
      occurred_at: instant,
    }),
  ]),
  'LeadEvent',
);

export type LeadEvent = t.TypeOf<typeof leadEvent>;
