import type { PayloadMapping } from '../payload-mapping';

/**
 * A plain HTML form, sent as `application/x-www-form-urlencoded`. The page puts an id into a hidden field `lead_id`,
 * because a form has none of its own. Two fields with the same name have no single meaning, unless they are for a name.
 *
 * The content identifies the event: a form that is sent twice by a double click is one event.
 */
export const form: PayloadMapping = {
  fields: {
    lead_id: 'lead_id || id',
    email: 'email || lead_email || "e-mail"',
    display_name: "display_name || name || join(' ', [first_name, last_name][?@])",
    status: 'status',
    occurred_at: 'occurred_at || submitted_at',
  },
};
