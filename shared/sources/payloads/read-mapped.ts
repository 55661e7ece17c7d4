import type { Payload } from '../sent-payload';
import { finder } from './find-value';
import type { LeadFieldName } from './lead-fields';
import type { PayloadSettings } from './payload-settings';
import { type FieldsRead, type Found, readFields } from './read-fields';

/**
 * Reads a lead by the expressions of a mapping. `null` is the result of an expression that finds nothing, so that it
 * means that a required field is missing.
 *
 * @param fields the expressions, relative to the lead
 */
export const readMapped = (fields: NonNullable<PayloadSettings['fields']>, lead: Payload): FieldsRead => {
  const findIn = finder(lead);
  const find = (name: LeadFieldName): Found => {
    const expression = fields[name];
    return expression === undefined ? { kind: 'value', value: undefined } : findIn(expression);
  };
  return readFields(
    (name) => (name === 'lead_id' ? lastOfUri(find(name)) : find(name)),
    (name) => name,
  );
};

/**
 * Some providers identify a lead by a URI, as `https://api.calendly.com/…/invitees/AAAA` or `gid://shopify/Customer/1`.
 * Its last part is the id. JMESPath cannot take a part of a text.
 */
const lastOfUri = (found: Found): Found => {
  const text = found.kind === 'value' ? found.value : undefined;
  const isUri = typeof text === 'string' && /^\s{0,100}[a-z][a-z0-9+.-]{0,20}:\/\/[^?#]*$/i.test(text);
  return isUri ? { kind: 'value', value: text.slice(text.lastIndexOf('/') + 1) } : found;
};
