import type { PayloadMapping } from '../payload-mapping';

/**
 * Webhooks of Typeform. The lead's id is the hidden field `lead_id` or `user_id` of the form, else `token`, which
 * identifies the response. The name is the answer to a contact block or to a short text whose `ref` is `name`.
 *
 * `event_id` is the id of the notification: a person can send it again from Typeform's page, and it may then be another
 * one. `token` identifies the response, and a response does not change. A partial response has the token of the later
 * complete one, so that `event_type` is part of the key.
 */
export const typeform: PayloadMapping = {
  leads: 'form_response',
  fields: {
    lead_id: 'hidden.lead_id || hidden.user_id || token',
    email: "(answers[?type=='email'].email | [0]) || hidden.email",
    display_name: "hidden.name || (answers[?field.ref=='name'].text | [0])",
    occurred_at: 'submitted_at',
  },
  event_key: "form_response.token && join('/', [event_type, form_response.token][?@])",
  volatile_fields: ['event_id'],
};
