import type { PayloadMapping } from '../payload-mapping';

/**
 * Webhooks v2 of Pipedrive, for the entity `person`. The entities `lead` and `deal` have no address in them, only the
 * id of their person.
 *
 * `meta.id` is "ID of the event triggering the webhook", a UUID. Published examples have the id of the person there
 * instead, which would be the same for all its changes. Therefore the action and `update_time` are part of the key: they
 * are different for each change, and the same for each attempt. `meta.attempt` counts the attempts, from 1 to 4. If a
 * person is deleted, `data` is null, and the request has no lead.
 */
export const pipedrive: PayloadMapping = {
  leads: 'data',
  fields: {
    lead_id: 'id',
    email: '(emails[?primary] | [0].value) || emails[0].value',
    display_name: "name || join(' ', [first_name, last_name][?@])",
    occurred_at: 'update_time || add_time',
  },
  event_key: "meta.id && join('/', [to_string(meta.id), meta.action, data.update_time][?@])",
  volatile_fields: ['meta.attempt', 'meta.timestamp', 'meta.correlation_id'],
};
