import { ExactNumber } from '../../../shared/codecs/exact-number';
import { maskAddress, maskAddressesIn, maskName, maskText } from '../../../shared/codecs/mask-personal';

/** Fields of a payload whose texts identify things, and not persons. */
const ids = /^(lead_?id|event_?id|source|webhook_?id|occurred_?at|status|lead_?status)$/i;

const addresses = /e-?mail/i;
const names = /name$/i;

/** An instant or a date, as JSON has it. */
const time = /^\d{4}-\d\d-\d\d([T ][\d:.]{1,20}(Z|[+-]\d\d:?\d\d)?)?$/;

/** A number that can be that of a telephone has 7 digits or more. */
const longDigits = /\d(?:[\s().+/-]{0,2}\d){6}/;

/**
 * Masks the values of what a sender sent, which may be personal: all texts but ids and times, and all long numbers. The
 * names of the fields stay. JSON nests at most as deep as `parseJson` allows.
 */
export const maskPayload = (value: unknown, name = ''): unknown => {
  if (value instanceof ExactNumber) return maskText(value.text);
  if (typeof value === 'number') return longDigits.test(String(value)) ? maskText(String(value)) : value;
  if (typeof value === 'string') return maskedText(value, name);
  return eachOf(value, (one, field) => maskPayload(one, field ?? name));
};

const maskedText = (text: string, name: string): string => {
  if (ids.test(name) || time.test(text)) return maskAddressesIn(text);
  if (addresses.test(name)) return maskAddress(text);
  return names.test(name) ? maskName(text) : maskText(text);
};

/** Masks what is personal in the file of an owner: addresses, and what can be a telephone number. Names stay. */
export const maskOwner = (value: unknown, name = ''): unknown => {
  if (value instanceof ExactNumber) return maskText(value.text);
  if (typeof value === 'number') return longDigits.test(String(value)) ? maskText(String(value)) : value;
  if (typeof value !== 'string') return eachOf(value, (one, field) => maskOwner(one, field ?? name));
  if (addresses.test(name)) return maskAddress(value);
  return longDigits.test(value) && !time.test(value) ? maskText(value) : maskAddressesIn(value);
};

const eachOf = (value: unknown, mask: (one: unknown, field: string | undefined) => unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => mask(one, undefined));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, one]) => [maskAddressesIn(field), mask(one, field)]));
};
