import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint } from '../../../console/api/endpoint';
import { whole } from '../../../console/api/whole';

test.each(['0', '1', '2000000'])('%s is how many', (text) => {
  expect(E.isRight(whole.decode(JSON.parse(text)))).toBe(true);
});

test.each(['1e999', '-1e999', '-1', '1.5', '9007199254740993', '"1"', 'null'])('%s is not how many', (text) => {
  expect(E.isLeft(whole.decode(JSON.parse(text)))).toBe(true);
});

const folder = join(__dirname, '../../../console/api');
const endpoints = readdirSync(folder).flatMap((name) =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- each file of the folder, whatever its name
  Object.values(require(join(folder, name)) as Record<string, unknown>).flatMap((value) =>
    typeof value === 'object' && value !== null && 'path' in value ? [value as Endpoint<unknown, unknown>] : [],
  ),
);

/** The codecs that a codec is made of. */
const partsOf = (codec: unknown): readonly unknown[] => {
  const { types, type, props } = codec as Partial<
    Readonly<{ types: readonly unknown[]; type: unknown; props: Readonly<Record<string, unknown>> }>
  >;
  return [...(types ?? []), ...(type === undefined ? [] : [type]), ...Object.values(props ?? {})];
};

const hasAnyNumber = (codec: unknown): boolean => codec instanceof t.NumberType || partsOf(codec).some(hasAnyNumber);

test('no request of the console takes a number that may be infinite, negative or a fraction', () => {
  expect(endpoints.length).toBeGreaterThan(30);
  expect(endpoints.filter(({ input }) => hasAnyNumber(input)).map(({ path }) => path)).toStrictEqual([]);
});
