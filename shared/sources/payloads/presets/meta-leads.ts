import type { PayloadMapping } from '../payload-mapping';

/**
 * Leads of Meta's lead ads, with their `field_data`, as the Graph API returns them: one lead, or `data` with several.
 * A webhook of Meta itself (`entry[].changes[].value`) has `leadgen_id` and no `field_data`. Such a request has no
 * address, and is kept in quarantine, unless a relay added `field_data` to it.
 *
 * The id of the lead is the id of the event, because a lead of a form never changes.
 */
export const metaLeads: PayloadMapping = {
  leads: "not_null(entry[].changes[] | [?field=='leadgen'].value, data, @)",
  fields: {
    lead_id: 'leadgen_id || id',
    email: "field_data[?name=='email'].values[] | [0]",
    display_name:
      "(field_data[?name=='full_name'].values[] | [0]) || " +
      "join(' ', field_data[?name=='first_name' || name=='last_name'].values[0] || `[]`)",
    occurred_at: 'created_time',
  },
  event_key: 'leadgen_id || field_data && id',
};
