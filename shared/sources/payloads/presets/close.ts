import type { PayloadMapping } from '../payload-mapping';

/**
 * Webhooks of Close, for the object type `contact` (actions `created` and `updated`). An object of type `lead` is an
 * organization, and has the ids of its contacts only. If a contact is deleted, `event.data` is empty.
 *
 * `event.id` alone does not identify a change: Close may change an event that it has already logged, and then
 * `date_updated` is a later time. Requests that Close sends again have both. `date_updated` of the event has no offset,
 * so that the time comes from the contact.
 */
export const close: PayloadMapping = {
  leads: "event.action != 'deleted' && event.data",
  fields: {
    lead_id: 'id',
    email: 'emails[0].email',
    display_name: 'display_name || name',
    occurred_at: 'date_updated || date_created',
  },
  event_key: "event.id && join('/', [event.id, event.date_updated][?@])",
};
