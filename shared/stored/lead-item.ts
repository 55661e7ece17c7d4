import * as t from 'io-ts';
import { emailAddress } from '../lead/email-address';
import type { EnrichedLead } from '../lead/enriched-lead';
import { versionOf } from '../lead/event-time';
import { jsonObjectText } from '../codecs/json-object-text';
import { leadId } from '../lead/lead-id';
import { leadNamespace } from '../lead/lead-namespace';
import { ownerKey, ownerName, searchKey } from '../lead/owner';
import type { RecordedEvent } from '../lead/recorded-event';

/** A lead as the table holds it: what the newest event of its namespace says. */
export const leadItem = t.readonly(
  t.intersection([
    t.type({
      lead_id: leadId,
      namespace: leadNamespace,
      /** The source of its newest event. */
      source: t.string,
      email: emailAddress,
      /** The newest event; its own item has the state. */
      event_id: t.string,
      /** When that happened. */
      updated_at: t.string,
      /** Last writer wins by this. */
      version: t.string,
      email_key: t.string,
    }),
    t.partial({
      display_name: t.string,
      status: t.string,
      status_key: t.string,
      /** The owner's file, once the newest event is enriched. */
      owner: jsonObjectText,
      owner_name: t.string,
      owner_key: t.string,
    }),
  ]),
  'LeadItem',
);

export type LeadItem = t.TypeOf<typeof leadItem>;

export const leadItemOf = ({ event, namespace, eventId, eventTime }: RecordedEvent): LeadItem => ({
  lead_id: event.lead_id,
  namespace,
  source: event.source,
  email: event.email,
  event_id: eventId,
  updated_at: eventTime,
  version: versionOf(eventTime, eventId),
  email_key: searchKey(event.email),
  ...(event.display_name === undefined ? {} : { display_name: event.display_name }),
  ...(event.status === undefined ? {} : { status: event.status, status_key: searchKey(event.status) }),
});

export const enrichedLeadItemOf = ({ record, owner }: EnrichedLead): LeadItem => ({
  ...leadItemOf(record),
  owner,
  owner_name: ownerName(owner).slice(0, 512).toWellFormed(),
  owner_key: ownerKey(owner),
});
