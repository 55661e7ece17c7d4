import * as E from 'fp-ts/Either';
import { jsonObject } from '../../codecs/json-object';
import { expectationOf, type ValidationProblem } from '../../codecs/validation-problem';
import type { Payload } from '../sent-payload';
import { readDefaultFormat } from './default-format';
import type { LeadOrigin } from '../../stored/lead-origin';
import { eventKeyOf, type Identity } from './event-identity';
import { type LeadPart, leadParts } from './lead-part';
import { valueAt } from './lead-places';
import { type Mapping, mappingOf } from './mapping';
import { type Numbered, numberLeads } from './number-leads';
import type { PayloadSettings } from './payload-settings';
import type { FieldsRead } from './read-fields';
import { readMapped } from './read-mapped';
import { maxLeads, selectLeads } from './select-leads';

export type { Identity } from './event-identity';

/** What was read of one lead of a body. */
export type Reading = Readonly<{
  /** What is kept of the request about this lead: the raw object. */
  payload: Payload;
  identity: Identity;
  /** Of one of several leads. */
  origin?: LeadOrigin;
}> &
  FieldsRead;

/**
 * Reads all leads of an authentic body, which has no secret in it. Never throws for JSON that `parseBody` accepts.
 *
 * @returns nothing if the body has no lead, such as a provider's test request
 */
export const readLeads = (sourceId: string, settings: PayloadSettings) => {
  const mapping = mappingOf(settings);
  return (body: unknown): readonly Reading[] => {
    const selection = selectLeads(mapping.leads, body);
    if (selection.kind === 'refused') return [refused(body, selection.message)];
    const { leads } = selection;
    const parts = leadParts(body, leads, mapping.volatile_fields);
    const keyOf = eventKeyOf(mapping.event_key, body);
    return identified(
      mapping,
      leads.map(({ value }, index) => ({
        part: parts[index] ?? noPart,
        key: keyOf(value),
        read: read(sourceId, mapping, value),
      })),
    );
  };
};

/**
 * Reads a kept payload with the present settings, for `leadline replay --remap`. The payload is a body with one lead, or
 * a lead that was selected from a body.
 *
 * @returns `undefined` if the settings select several leads of the payload
 */
export const remapLead =
  (sourceId: string, settings: PayloadSettings) =>
  (payload: Payload): Reading | undefined => {
    const readings = readLeads(sourceId, settings)(payload);
    const [only] = readings;
    if (readings.length > 1) return undefined;
    if (only !== undefined && E.isRight(only.fields)) return { ...only, payload };
    const alone = readLeads(sourceId, withoutSelection(settings))(payload)[0];
    return alone !== undefined && (only === undefined || E.isRight(alone.fields)) ? alone : only;
  };

/** How many numbers a lead has that no lead of its body gets by counting. */
const numbersApart = maxLeads;

/**
 * Reads a quarantined lead of a body with several, with the present settings. Its event must be the one that ingestion
 * would make of the lead in the whole body, and no event of another lead, because that lead would then be lost:
 *
 * - The same `leads` as at ingestion: the lead is where it was. Otherwise `leads` selects in what was kept, and may find
 *   several leads there.
 * - The same `event_key`: what it found at ingestion is the key. Otherwise it is looked for in what was kept. A lead
 *   without a key is identified by its content, as the present `volatile_fields` leave it.
 * - The ordinal is the one of ingestion if what it depends on is the same: `leads`, `event_key`, the expression of
 *   `lead_id`, and an id that could be read. It is 0 if the lead is the only one with its key, or if `event_key` alone
 *   has changed and the lead is the first with its id. Otherwise it is a number that counting never gives. Then the
 *   lead is a second event if its sender sends the body again.
 *
 * @param payload what was kept of the body about the lead
 */
export const readKeptLead =
  (sourceId: string, settings: PayloadSettings) =>
  (payload: Payload, origin: LeadOrigin): readonly Reading[] => {
    const mapping = mappingOf(settings);
    const isSelectedAlike = mapping.leads === origin.leads;
    const isKeyAlike = mapping.event_key === origin.event_key;
    const ordinalOf = (index: number): number => {
      const apart = numbersApart * (1 + origin.place) + index;
      if (!isSelectedAlike) return apart;
      if (isKeyAlike && origin.same_key === 1) return 0;
      if (mapping.fields?.lead_id !== origin.lead_id) return apart;
      if (isKeyAlike) return origin.ordinal ?? apart;
      return origin.earlier === 0 ? 0 : apart;
    };
    const withIdentity = ({ identity, ...reading }: Reading, index: number): Reading => {
      const found = identity.kind === 'key' ? identity.key : undefined;
      const key = isKeyAlike ? origin.key : found;
      const { content } = identity;
      return {
        ...reading,
        identity:
          key === undefined
            ? { kind: 'content', content }
            : { kind: 'key', content, key, ordinal: ordinalOf(index), twin: 0 },
      };
    };
    if (!isSelectedAlike) return selectedAgain(sourceId, settings)(payload).map(withIdentity);
    const value = valueAt(payload, origin.path);
    const [part = noPart] = leadParts(payload, [{ value, isPart: true }], mapping.volatile_fields);
    const key = eventKeyOf(mapping.event_key, payload)(value);
    const [reading] = identified(mapping, [{ part, key, read: read(sourceId, mapping, value) }]);
    return reading === undefined ? [] : [withIdentity(reading, 0)];
  };

const selectedAgain =
  (sourceId: string, settings: PayloadSettings) =>
  (payload: Payload): readonly Reading[] => {
    const several = readLeads(sourceId, settings)(payload);
    if (several.length > 1) return several;
    const only = remapLead(sourceId, settings)(payload);
    return only === undefined ? [] : [only];
  };

/** The settings for a payload that is a selected lead: `@` is JMESPath for the payload itself. */
const withoutSelection = (settings: PayloadSettings): PayloadSettings =>
  mappingOf(settings).leads === undefined ? settings : { ...settings, leads: '@' };

const read = (sourceId: string, { fields }: Mapping, lead: unknown): FieldsRead => {
  if (!jsonObject.is(lead)) return { warnings: [], fields: E.left([notAnObject]) };
  return fields === undefined ? readDefaultFormat(sourceId)(lead) : readMapped(fields, lead);
};

const notAnObject: ValidationProblem = { path: '', message: expectationOf(jsonObject.name) };

const noPart: LeadPart = { payload: {}, content: {}, path: [] };

const refused = (body: unknown, message: string): Reading => {
  // Of a body that is no object, too, the content identifies the request.
  const payload = jsonObject.is(body) ? body : { body };
  return {
    payload,
    identity: { kind: 'content', content: payload },
    warnings: [],
    fields: E.left([{ path: '', message }]),
  };
};

type Part = Readonly<{ part: LeadPart; key: string | undefined; read: FieldsRead }>;

const identified = (mapping: Mapping, leads: readonly Part[]): readonly Reading[] => {
  const numbers = numberLeads(leads.map(({ part: { content }, key, read: { leadId } }) => ({ key, leadId, content })));
  return leads.map(({ part: { payload, content, path }, key, read }, place) => {
    const { sameKey, ordinal, earlier, twin } = numbers[place] ?? first;
    const identity: Identity =
      key === undefined ? { kind: 'content', content } : { kind: 'key', content, key, ordinal, twin };
    if (leads.length === 1) return { ...read, payload, identity };
    const origin: LeadOrigin = {
      ...selectionOf(mapping),
      path,
      place,
      same_key: sameKey,
      ...(key === undefined ? {} : { key }),
      ...(read.leadId === undefined ? {} : { ordinal, earlier }),
    };
    return { ...read, payload, identity, origin };
  });
};

const first: Numbered = { sameKey: 1, ordinal: 0, earlier: 0, twin: 0 };

/** The settings that a lead's number in its body depends on. */
const selectionOf = ({ leads, fields, event_key }: Mapping): Pick<LeadOrigin, 'leads' | 'lead_id' | 'event_key'> => ({
  ...(leads === undefined ? {} : { leads }),
  ...(fields?.lead_id === undefined ? {} : { lead_id: fields.lead_id }),
  ...(event_key === undefined ? {} : { event_key }),
});
