import * as t from 'io-ts';
import { emailAddress } from '../lead/email-address';
import type { EnrichedLead } from '../lead/enriched-lead';
import { versionOf } from '../lead/event-time';
import { jsonObjectText } from '../codecs/json-object-text';
import { leadId } from '../lead/lead-id';
import { leadNamespace } from '../lead/lead-namespace';
import { ownerKey, ownerName, searchKey } from '../lead/owner';
import type { RecordedEvent } from '../lead/recorded-event';

/** A lead in the table: what its newest event says. */
export const leadItem = t.readonly(
  t.intersection([
    t.type({
      lead_id: leadId,
      namespace: leadNamespace,
      /** The source of the newest event. */
      source: t.string,
      email: emailAddress,
      /** The newest event. The state is in the item of the event. */
      event_id: t.string,
      /** The time of the newest event: an instant in UTC. */
      updated_at: t.string,
      /** Orders events: see `versionOf`. */
      version: t.string,
      /** Keys of the indexes. In the table, a value may have several keys: see `searchPartition`. */
      email_key: t.string,
    }),
    t.partial({
      display_name: t.string,
      status: t.string,
      status_key: t.string,
      /** The lookup file. Present once an event of the lead has been enriched. */
      owner: jsonObjectText,
      owner_name: t.string,
      owner_key: t.string,
    }),
  ]),
  'LeadItem',
);

export type LeadItem = t.TypeOf<typeof leadItem>;

/** What an event says about its lead before it is enriched. */
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

/** What an enriched event says about its lead. */
export const enrichedLeadItemOf = ({ record, owner }: EnrichedLead): LeadItem => ({
  ...leadItemOf(record),
  owner,
  owner_name: ownerName(owner).slice(0, 512).toWellFormed(),
  owner_key: ownerKey(owner),
});
