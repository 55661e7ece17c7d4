import * as t from 'io-ts';

/** Whether a name looks like a path of JSONPath, JMESPath or JSON Pointer, which would name no field here. */
const isForeignPath = (name: string): boolean => /^[$/]|[*[\]]/.test(name);

/**
 * The name of a field that changes from one delivery of an event to the next. A dot leads to a field of a nested
 * object, or of each object of an array: `meta.attempt`. `lead_id` is not allowed, because events of two leads could
 * become one event.
 */
export const volatileField = t.refinement(
  t.string,
  (name) =>
    name.length <= 256 && name.split('.').every((part) => part !== '') && !isForeignPath(name) && name !== 'lead_id',
  'a field other than lead_id, such as "attempt" or, for a nested field, "meta.attempt", ' +
    'without "*", "[" or "]", and not starting with "$" or "/"',
);
