import * as E from 'fp-ts/Either';
import { jsonObject } from '../../codecs/json-object';
import { expectationOf, type ValidationProblem } from '../../codecs/validation-problem';
import type { Payload } from '../sent-payload';
import { readDefaultFormat } from './default-format';
import { eventKeyOf, type Identity } from './event-identity';
import { type LeadPart, leadParts } from './lead-part';
import { type Mapping, mappingOf } from './mapping';
import type { PayloadSettings } from './payload-settings';
import type { FieldsRead } from './read-fields';
import { readMapped } from './read-mapped';
import { selectLeads } from './select-leads';

export type { Identity } from './event-identity';

/** What was read of one lead of a body. */
export type Reading = Readonly<{
  /** What is kept of the request about this lead: the raw object. */
  payload: Payload;
  identity: Identity;
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
    return withOrdinals(
      leads.map(({ value }, index) => ({
        part: parts[index],
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

/** The settings for a payload that is a selected lead: `@` is JMESPath for the payload itself. */
const withoutSelection = (settings: PayloadSettings): PayloadSettings =>
  mappingOf(settings).leads === undefined ? settings : { ...settings, leads: '@' };

const read = (sourceId: string, { fields }: Mapping, lead: unknown): FieldsRead => {
  if (!jsonObject.is(lead)) return { warnings: [], fields: E.left([notAnObject]) };
  return fields === undefined ? readDefaultFormat(sourceId)(lead) : readMapped(fields, lead);
};

const notAnObject: ValidationProblem = { path: '', message: expectationOf(jsonObject.name) };

const refused = (body: unknown, message: string): Reading => {
  const payload = jsonObject.is(body) ? body : {};
  return {
    payload,
    identity: { kind: 'content', payload },
    warnings: [],
    fields: E.left([{ path: '', message }]),
  };
};

type Unnumbered = Readonly<{ part: LeadPart | undefined; key: string | undefined; read: FieldsRead }>;

const withOrdinals = (leads: readonly Unnumbered[]): readonly Reading[] => {
  const counts = new Map<string, number>();
  return leads.map(({ part = { payload: {}, content: {} }, key, read: { warnings, fields } }) => {
    if (key === undefined)
      return { payload: part.payload, identity: { kind: 'content', payload: part.content }, warnings, fields };
    const ofLead = JSON.stringify([E.isRight(fields) ? fields.right.lead_id : '', key]);
    const ordinal = counts.get(ofLead) ?? 0;
    counts.set(ofLead, ordinal + 1);
    return { payload: part.payload, identity: { kind: 'key', key, ordinal, payload: part.content }, warnings, fields };
  });
};
