import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { jsonObject } from './json-object';
import { parseJson, writeJson } from './json-text';

/**
 * A JSON object, stored as its text. A map of the table would have the table's limits: DynamoDB accepts numbers of at
 * most 38 digits and 32 levels of nesting, and the SDK no whole number beyond 2^53 - 1. An owner's file may exceed
 * these limits.
 */
export const jsonObjectText = new t.Type<Record<string, unknown>, string, unknown>(
  'JsonObjectText',
  jsonObject.is,
  (value, context) =>
    pipe(
      t.string.validate(value, context),
      E.flatMap((text) => parsed(text, context)),
      E.flatMap((json) => jsonObject.validate(json, context)),
    ),
  writeJson,
);

const parsed = (text: string, context: t.Context): t.Validation<unknown> =>
  pipe(
    parseJson(text),
    E.orElse(() => t.failure<unknown>(text, context)),
  );
