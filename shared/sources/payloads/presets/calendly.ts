import type { PayloadMapping } from '../payload-mapping';

/**
 * Webhooks of Calendly: `invitee.created` and `invitee.canceled`. The lead is the invitee. Its id is the last part of its
 * URI, except where the scheduling link has the id of a CRM in `salesforce_uuid`.
 *
 * Calendly sends no id of the delivery, so that the content identifies the event. `created_at` of the envelope is the
 * time of the webhook: Calendly does not say whether it stays the same when a request is sent again. A change of the
 * invitee changes its `updated_at` and its `status`.
 */
export const calendly: PayloadMapping = {
  leads: 'payload',
  fields: {
    lead_id: 'tracking.salesforce_uuid || uri',
    email: 'email',
    display_name: "name || join(' ', [first_name, last_name][?@])",
    status: 'status',
    occurred_at: 'updated_at || created_at',
  },
  volatile_fields: ['created_at'],
};
