import type { PayloadMapping } from '../payload-mapping';

/**
 * Events `customer.created` and `customer.updated` of Stripe. A deleted customer is no lead, and other events have
 * objects of other kinds.
 *
 * The whole event is selected, because the time of the change is in the event: `created` of the customer never changes.
 * Stripe has no status of a customer, so that the status is the customer's metadata of that name.
 *
 * `id` identifies the event: Stripe sends the same event again with the same id. `pending_webhooks` changes between
 * deliveries.
 */
export const stripeCustomers: PayloadMapping = {
  leads: "type != 'customer.deleted' && data.object.object == 'customer' && @",
  fields: {
    lead_id: 'data.object.id',
    email: 'data.object.email',
    display_name: 'data.object.name',
    status: 'data.object.metadata.status',
    occurred_at: 'created',
  },
  event_key: 'id',
  volatile_fields: ['pending_webhooks'],
};
