import { ExactNumber } from '../../shared/codecs/exact-number';
import { maskAddresses } from '../../shared/codecs/mask-addresses';
import { replaceUnprintable } from '../../shared/codecs/visible-text';

/** Fields that always hold an e-mail address. Each value is masked, also one that does not look like an address. */
const addressFields = ['email', 'email_key', 'lead_email', 'owner_email'];
/** Fields that hold a name or an e-mail address. A value with an `@` is masked as a whole. */
const ownerFields = ['owner', 'owner_name', 'owner_key'];

const mask = '***@***';

/**
 * Writes JSON with e-mail addresses masked. Each string is masked before it is written, because in JSON text the end of
 * an escape such as `\n` would be taken for the start of an address.
 */
export const maskedJson = (value: unknown): string =>
  escapeUnprintable(JSON.stringify(masked(value, maskAddresses), null, 2));

/** As `maskedJson`, in one line. */
export const maskedJsonLine = (value: unknown): string =>
  escapeUnprintable(JSON.stringify(masked(value, maskAddresses)));

/**
 * Escapes characters that JSON allows in a string but a terminal acts on. The value stays the same for programs. Line
 * ends of the layout stay.
 */
const escapeUnprintable = (json: string): string => replaceUnprintable(json, (run) => run.replace(/[^\n]/g, escaped));

/** @param unit one UTF-16 code unit: JSON escapes each unit by itself */
const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

type Mask = (text: string) => string;

const masked = (value: unknown, hide: Mask): unknown => {
  if (typeof value === 'string') return hide(value);
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  if (Array.isArray(value)) return value.map((one) => masked(one, hide));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [maskAddresses(name), masked(field, maskOf(name) ?? hide)]),
  );
};

const maskOf = (name: string): Mask | undefined => {
  if (addressFields.includes(name)) return () => mask;
  if (ownerFields.includes(name)) return (text) => (text.includes('@') ? mask : text);
  return undefined;
};
