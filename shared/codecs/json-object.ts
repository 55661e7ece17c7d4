import * as t from 'io-ts';
import { ExactNumber } from './exact-number';

/** A JSON object as `parseJson` reads it. `t.UnknownRecord` would also accept an `ExactNumber`. */
export const jsonObject = new t.Type<Record<string, unknown>, Record<string, unknown>, unknown>(
  t.UnknownRecord.name,
  (value): value is Record<string, unknown> => t.UnknownRecord.is(value) && !(value instanceof ExactNumber),
  (value, context) =>
    value instanceof ExactNumber ? t.failure(value, context) : t.UnknownRecord.validate(value, context),
  t.identity,
);
