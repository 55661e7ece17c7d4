import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { jsonObject } from './json-object';
import { parseJson, writeJson } from './json-text';

/**
 * A JSON object, kept as its text. As a map of the table it would have the table's limits: DynamoDB takes 38 digits and
 * 32 levels, and the SDK no whole number beyond 2^53 - 1; a file that somebody else writes may have more of each.
 */
export const jsonObjectText = new t.Type<Record<string, unknown>, string, unknown>(
  'JsonObjectText',
  jsonObject.is,
  (value, context) =>
    pipe(
      t.string.validate(value, context),
      E.flatMap((text) =>
        pipe(
          parseJson(text),
          E.orElse(() => t.failure<unknown>(value, context)),
        ),
      ),
      E.flatMap((json) => jsonObject.validate(json, context)),
    ),
  writeJson,
);
