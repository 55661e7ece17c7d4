import { maskAddresses } from '../shared/observability/masking';

/**
 * JSON with addresses masked. Each string is masked before it is written: in the text of JSON the end of an escape (`\n`) would be
 * taken for the start of an address.
 */
export const maskedJson = (value: unknown): string => JSON.stringify(masked(value), null, 2);

const masked = (value: unknown): unknown => {
  if (typeof value === 'string') return maskAddresses(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(masked);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [maskAddresses(name), masked(field)]));
};
