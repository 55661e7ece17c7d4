import { jsonObject } from '../../codecs/json-object';
import { writeJson } from '../../codecs/json-text';
import { type Payload, withoutVolatile } from '../sent-payload';
import { isApart, type LeadPath, type LeadPlaces, pathIn, placesOf, valueAt, withLead } from './lead-places';
import type { SelectedLead } from './select-leads';

/**
 * What is kept of a body about one of its leads, and what of it identifies the event.
 *
 * `path`: the way from `payload` to the lead. Empty if the lead is kept alone.
 */
export type LeadPart = Readonly<{ payload: Payload; content: Payload; path: LeadPath }>;

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
  const alone = (value: unknown): LeadPart => {
    // A value that is no object is no lead. It is kept in an object, so that an operator can see it.
    const payload = jsonObject.is(value) ? value : { value };
    return { payload, content: lean(payload), path: [] };
  };
  // What surrounds a lead does not identify it: it may be another one when the provider sends the lead again.
  const contentOf = (value: Payload, places: LeadPlaces): Payload => {
    const found = valueAt(lean(withLead(places, value, lean(value))), pathIn(places, value));
    return jsonObject.is(found) ? found : lean(value);
  };
  const values = leads.map(({ value }) => value);
  const [only] = values;
  if (jsonObject.is(body) && values.length === 1) {
    const places = placesOf(body, values);
    const isThere = jsonObject.is(only) && isApart(places, only);
    const content = isThere ? contentOf(only, places) : alone(only).content;
    return [{ payload: body, content, path: pathIn(places, only) }];
  }
  if (!jsonObject.is(body) || !leads.every(({ isPart }) => isPart)) return values.map(alone);
  const places = placesOf(body, values);
  const parts = values.map((value) =>
    jsonObject.is(value) && isApart(places, value)
      ? {
          payload: withLead(places, value, value),
          content: contentOf(value, places),
          path: pathIn(places, value),
        }
      : alone(value),
  );
  const [first] = parts;
  const isLong = first !== undefined && writeJson(first.payload).length * parts.length > maxTotalLength;
  return isLong ? values.map(alone) : parts;
};
