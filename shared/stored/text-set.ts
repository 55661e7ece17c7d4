import * as t from 'io-ts';

/** A DynamoDB set of strings, as the SDK unmarshalls it. */
export const textSet = new t.Type<ReadonlySet<string>>(
  'set of text',
  (value): value is ReadonlySet<string> => value instanceof Set,
  (value, context) => (value instanceof Set ? t.success(value as ReadonlySet<string>) : t.failure(value, context)),
  t.identity,
);
