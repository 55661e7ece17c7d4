import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { emailAddress } from '../../lead/email-address';
import { leadId } from '../../lead/lead-id';
import { decodeOwn, optionalFields, type PayloadFormat } from './payload-format';

const ingestPayload = t.intersection([t.type({ lead_id: leadId, lead_email: emailAddress }), optionalFields]);

const fields = ['lead_id', 'lead_email', 'display_name', 'status', 'occurred_at'] as const;

/** The body of `POST /ingest`: the address is in `lead_email`. */
export const ingestFormat: PayloadFormat = {
  identifyingFields: ['lead_id', 'lead_email'],
  read: (payload) =>
    pipe(
      decodeOwn(ingestPayload, fields, payload),
      E.map(({ lead_email, ...rest }) => ({ ...rest, email: lead_email })),
    ),
};
