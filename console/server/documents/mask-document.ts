import { ExactNumber } from '../../../shared/codecs/exact-number';
import { maskAddress, maskAddressesIn, maskName, maskStatus, maskText } from '../../../shared/codecs/mask-personal';

/** Fields at the top of a payload, or of the file of an owner, whose values identify things, and not persons. */
const ids = /^(lead_?id|event_?id|source|webhook_?id)$/i;

/** A text as an id has it. Another text in such a field may be anything. */
const id = /^[!-~]{1,128}$/;

const statuses = /^(lead_?)?status$/i;

const addresses = /e-?mail/i;
const names = /name$/i;

/** Fields that say when something happened to a lead. A date in another field can be a birthday. */
const times = /^(occurred|created|updated|modified|submitted|received|changed)_?(at|on|date|time)?$/i;

/** An instant or a date, as JSON has it. */
const time = /^\d{4}-\d\d-\d\d([T ][\d:.]{1,20}(Z|[+-]\d\d:?\d\d)?)?$/;

/** A number that can be that of a telephone has 7 digits or more. */
const longDigits = /\d(?:[\s().+/-]{0,2}\d){6}/;

/**
 * Masks the values of what a sender sent, which may be personal: all texts but the ids, the status and the times of the
 * lead, and all long numbers. The names of the fields stay. JSON nests at most as deep as `parseJson` allows.
 */
export const maskPayload = (payload: unknown): unknown => masked(payload, '', true, true);

const masked = (value: unknown, name: string, isTop: boolean, isWhole = false): unknown => {
  if (isTop && isId(value, name)) return shownId(value);
  if (value instanceof ExactNumber) return maskText(value.text);
  if (typeof value === 'number') return longDigits.test(String(value)) ? maskText(String(value)) : value;
  if (typeof value === 'string') return maskedText(value, name, isTop);
  return eachOf(value, (one, field) => masked(one, field ?? name, isWhole));
};

/** A sender may write an id as a number, also as a long one. */
const isId = (value: unknown, name: string): value is string | number | ExactNumber =>
  ids.test(name) &&
  (typeof value === 'string' ? id.test(value) : typeof value === 'number' || value instanceof ExactNumber);

const shownId = (value: string | number | ExactNumber) => (typeof value === 'string' ? maskAddressesIn(value) : value);

const maskedText = (text: string, name: string, isTop: boolean): string => {
  if (isTop && statuses.test(name)) return maskStatus(text);
  if (times.test(name) && time.test(text)) return text;
  if (addresses.test(name)) return maskAddress(text);
  return names.test(name) ? maskName(text) : maskText(text);
};

/** Fields of an owner's file that say who works on the lead. The sales team sees them in each mail. */
const ownerLabels = /(^|_)(name|team|role|title|region|department|queue)$/i;

/** Masks what is personal in the file of an owner: all texts but ids and the names of the owner and the team. */
export const maskOwner = (owner: unknown): unknown => maskedOwner(owner, '', false, true);

const maskedOwner = (value: unknown, name: string, isTop: boolean, isWhole = false): unknown => {
  if (isTop && isId(value, name)) return shownId(value);
  if (value instanceof ExactNumber) return maskText(value.text);
  if (typeof value === 'number') return longDigits.test(String(value)) ? maskText(String(value)) : value;
  if (typeof value !== 'string') return eachOf(value, (one, field) => maskedOwner(one, field ?? name, isWhole));
  if (addresses.test(name)) return maskAddress(value);
  return ownerLabels.test(name) && !longDigits.test(value) ? maskAddressesIn(value) : maskText(value);
};

const eachOf = (value: unknown, mask: (one: unknown, field: string | undefined) => unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => mask(one, undefined));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, one]) => [maskAddressesIn(field), mask(one, field)]));
};
