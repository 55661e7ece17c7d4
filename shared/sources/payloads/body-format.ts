import * as t from 'io-ts';

/**
 * What the bytes of a body are:
 *
 * - `json`: JSON that is declared as JSON;
 * - `form`: `application/x-www-form-urlencoded`;
 * - `json-any-type`: JSON of any declared type, or of none. Some providers send JSON as `text/plain`.
 */
export const bodyFormat = t.keyof({ json: null, form: null, 'json-any-type': null });

export type BodyFormat = t.TypeOf<typeof bodyFormat>;
