import type { PayloadMapping } from '../payload-mapping';

/**
 * Topics `customers/create` and `customers/update` of Shopify. The payload is the customer. `state` is the state of the
 * customer's account: disabled, invited, enabled or declined.
 *
 * Shopify sends the id of the event in headers only (`X-Shopify-Webhook-Id`), so that the content identifies the event.
 * `updated_at` is part of it, because it changes with each change. A request that Shopify sends again has the same body.
 * A deleted customer (`customers/delete`) is only an id, and is refused because it has no address.
 */
export const shopifyCustomers: PayloadMapping = {
  fields: {
    lead_id: 'id',
    email: 'email',
    display_name: "join(' ', [first_name, last_name][?@]) || default_address.name",
    status: 'state',
    occurred_at: 'updated_at || created_at',
  },
};
