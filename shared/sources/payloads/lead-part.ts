import { ExactNumber } from '../../codecs/exact-number';
import { jsonObject } from '../../codecs/json-object';
import { writeJson } from '../../codecs/json-text';
import { type Payload, withoutVolatile } from '../sent-payload';
import type { SelectedLead } from './select-leads';

/** What is kept of a body about one of its leads, and what of it identifies the event. */
export type LeadPart = Readonly<{ payload: Payload; content: Payload }>;

/** The parts of a body together are at most this long, in characters. */
const maxTotalLength = 4_000_000;

/**
 * Divides a body among its leads:
 *
 * - the only lead has the whole body;
 * - one of several leads has the body without the other leads, and without the elements of arrays that belong to them;
 * - a lead has only itself if the body is no object, if `leads` made new objects, if another lead contains it, or if the
 *   parts would be too long together.
 *
 * @param volatileFields names relative to the body, and relative to a lead
 */
export const leadParts = (
  body: unknown,
  leads: readonly SelectedLead[],
  volatileFields: readonly string[],
): readonly LeadPart[] => {
  const lean = (payload: Payload): Payload => withoutVolatile(payload, volatileFields);
  const alone = leads.map(({ value }) => (jsonObject.is(value) ? { payload: value, content: lean(value) } : nothing));
  if (!jsonObject.is(body)) return alone;
  const only = leads.length === 1 ? leads[0] : undefined;
  if (only !== undefined) return [{ payload: body, content: lean(replaced(body, only.value, lean)) }];
  if (!leads.every(({ isPart }) => isPart)) return alone;
  const all = new Set(leads.map(({ value }) => value));
  const parts = leads.map(({ value }, index) => {
    const { kept, hasOwn } = withoutOthers(body, value, all);
    return hasOwn && jsonObject.is(kept)
      ? { payload: kept, content: lean(replaced(kept, value, lean)) }
      : (alone[index] ?? nothing);
  });
  const longest = Math.max(0, ...parts.slice(0, 1).map(({ payload }) => writeJson(payload).length));
  return longest * leads.length > maxTotalLength ? alone : parts;
};

const nothing: LeadPart = { payload: {}, content: {} };

type Kept = Readonly<{ kept: unknown; hasOwn: boolean; hasOther: boolean }>;

/** A copy of JSON without the other leads. The lead itself is kept as it is, so that it can be found in the copy. */
const withoutOthers = (json: unknown, own: unknown, all: ReadonlySet<unknown>): Kept => {
  if (json === own) return { kept: json, hasOwn: true, hasOther: false };
  if (typeof json !== 'object' || json === null || json instanceof ExactNumber)
    return { kept: json, hasOwn: false, hasOther: false };
  const members = Object.entries(json).map(([name, value]) => [name, withoutOthers(value, own, all), value] as const);
  const hasOther = members.some(([, kept, value]) => kept.hasOther || (value !== own && all.has(value)));
  const hasOwn = members.some(([, kept]) => kept.hasOwn);
  const left = members.filter(([, , value]) => value === own || !all.has(value));
  const kept = Array.isArray(json)
    ? left.filter(([, one]) => one.hasOwn || !one.hasOther).map(([, one]) => one.kept)
    : Object.fromEntries(left.map(([name, one]) => [name, one.kept]));
  return { kept, hasOwn, hasOther };
};

/** A copy of an object in which the lead is replaced by what identifies it. */
const replaced = (json: Payload, own: unknown, change: (lead: Payload) => Payload): Payload => {
  const copy = (value: unknown): unknown => {
    if (value === own && jsonObject.is(value)) return change(value);
    if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
    return Array.isArray(value)
      ? value.map(copy)
      : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member)]));
  };
  return json === own ? change(json) : (copy(json) as Payload);
};
