import * as t from 'io-ts';
import { emailAddress } from '../../lead/email-address';
import { leadId } from '../../lead/lead-id';
import { decodeOwn, optionalFields, type PayloadFormat } from './payload-format';

const webhookPayload = t.intersection([t.type({ lead_id: leadId, email: emailAddress }), optionalFields]);

const fields = ['lead_id', 'email', 'display_name', 'status', 'occurred_at'] as const;

/** The body of `POST /webhook`: the source is in `webhook_id`, the address in `email`. */
export const webhookFormat: PayloadFormat = {
  identifyingFields: ['webhook_id', 'lead_id', 'email'],
  read: (payload) => decodeOwn(webhookPayload, fields, payload),
};
