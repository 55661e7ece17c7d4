import { ExactNumber } from '../../shared/codecs/exact-number';
import { replaceUnprintable } from '../../shared/codecs/visible-text';
import { maskAddresses } from '../../shared/codecs/mask-addresses';

/** Fields that hold an address, or a person by an address, whatever it looks like. */
const always = ['email', 'email_key', 'lead_email', 'owner_email'];
const ofOwners = ['owner', 'owner_name', 'owner_key'];

const mask = '***@***';

/**
 * JSON with addresses masked. Each string is masked before it is written: in the text of JSON the end of an escape (`\n`) would be
 * taken for the start of an address.
 */
export const maskedJson = (value: unknown): string =>
  escapeUnprintable(JSON.stringify(masked(value, maskAddresses), null, 2));

/** What JSON allows in a string and a terminal acts on is written as escapes: the same value to a program. Line ends of the layout stay. */
const escapeUnprintable = (json: string): string => replaceUnprintable(json, (run) => run.replace(/[^\n]/g, escaped));

/** @param unit one UTF-16 code unit, which is what JSON's escapes are of */
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

/** An address may be one that no pattern knows: by the field's name it is one all the same. */
const maskOf = (name: string): Mask | undefined => {
  if (always.includes(name)) return () => mask;
  if (ofOwners.includes(name)) return (text) => (text.includes('@') ? mask : text);
  return undefined;
};
