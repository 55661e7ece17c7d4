import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { writeJson } from '../../codecs/json-text';
import { ingestSource } from '../../sources/payloads/lead-payload';
import { parseBody } from '../../sources/payloads/parse-body';
import { bodyFormatOf, isMapped, type PayloadSettings } from '../../sources/payloads/payload-settings';
import { readLeads } from '../../sources/payloads/read-leads';
import { freshLike, type Replacements, withReplacements } from './fresh-sample';

/** The body of a request that tests a source. */
export type TestSample = Readonly<{ contentType: string; body: Uint8Array }>;

const contentTypes = {
  form: 'application/x-www-form-urlencoded',
  json: 'application/json',
  'json-any-type': 'application/json',
} as const;

/** Gives a body the content type of a source. */
export const sampleOf = (payload: PayloadSettings, body: Uint8Array): TestSample => ({
  contentType: contentTypes[bodyFormatOf(payload)],
  body,
});

/** A sample of a source without a mapping: its payloads have the fields of `POST /webhook`. */
export const plainSample = (id: string, payload: PayloadSettings, unique: string): TestSample | undefined => {
  if (isMapped(payload)) return undefined;
  const fields = {
    lead_id: freshLike('', unique),
    [id === ingestSource ? 'lead_email' : 'email']: freshAddress(unique),
    display_name: 'Leadline Test',
    status: 'test',
  };
  return sampleOf(payload, written(payload, fields));
};

/**
 * Makes a new lead of a preset's sample: with another id and address, and another key of the delivery, because a key that
 * was seen before makes a duplicate.
 *
 * @returns `undefined` if the settings of the source do not read the new lead. They may differ from those of the preset
 */
export const freshSample = (
  id: string,
  payload: PayloadSettings,
  body: Uint8Array,
  unique: string,
): TestSample | undefined => {
  const sample = sampleOf(payload, body);
  return pipe(
    parseBody(bodyFormatOf(payload), sample.contentType, body),
    E.match(
      () => undefined,
      (json) => {
        const fresh = withReplacements(json, replacementsFor(id, payload, json, unique));
        const isNew = readLeads(
          id,
          payload,
        )(fresh).some(({ fields }) => E.isRight(fields) && fields.right.lead_id.includes(unique));
        return isNew ? sampleOf(payload, written(payload, fresh)) : undefined;
      },
    ),
  );
};

const replacementsFor = (id: string, payload: PayloadSettings, json: unknown, unique: string): Replacements => {
  const replacements = new Map<string, string>();
  readLeads(
    id,
    payload,
  )(json).forEach(({ fields, identity }, index) => {
    // Several leads of one sample need ids of their own.
    const own = `${unique}${index === 0 ? '' : index}`;
    if (identity.kind === 'key') for (const part of identity.key.split('/')) addTo(replacements, part, own);
    if (E.isLeft(fields)) return;
    replacements.set(fields.right.lead_id, freshLike(fields.right.lead_id, own));
    replacements.set(fields.right.email, freshAddress(own));
  });
  return replacements;
};

/** A part of a key that is a time, or the name of an action, stays. */
const addTo = (replacements: Map<string, string>, part: string, own: string): void => {
  if (part.length >= 6 && !/^\d{4}-\d\d-\d\d/.test(part) && /\d/.test(part))
    replacements.set(part, freshLike(part, own));
};

const freshAddress = (unique: string): string => `leadline-test-${unique}@example.com`;

const written = (payload: PayloadSettings, json: unknown): Uint8Array =>
  Buffer.from(bodyFormatOf(payload) === 'form' ? formText(json) : writeJson(json));

const formText = (json: unknown): string =>
  new URLSearchParams(
    Object.entries(json as Readonly<Record<string, unknown>>).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
    ),
  ).toString();
