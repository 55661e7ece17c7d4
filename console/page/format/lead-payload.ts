import { objectIn, type ObjectText } from './typed-json';

/** The form of a lead that is sent by hand. */
export type LeadForm = Readonly<{ id: string; email: string; name: string; status: string; more: string }>;

export const emptyLead: LeadForm = { id: '', email: '', name: '', status: '', more: '' };

/** The body that a form makes, or what is wrong with its further fields. Source `ingest` has its own name for the address. */
export const leadPayload = (form: LeadForm, source: string): ObjectText => {
  const more = objectIn(form.more);
  if (more.kind === 'problem') return more;
  const fields: readonly (readonly [string, string])[] = [
    ['lead_id', form.id],
    [source === 'ingest' ? 'lead_email' : 'email', form.email],
    ['display_name', form.name],
    ['status', form.status],
  ];
  const given = fields.filter(([, value]) => value.trim() !== '');
  return { kind: 'object', object: { ...Object.fromEntries(given), ...more.object } };
};
