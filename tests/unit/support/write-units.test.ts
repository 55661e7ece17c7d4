import { itemSize, refusedWriteUnits, writeUnits } from '../../support/write-units';

const S = (length: number) => ({ S: 'x'.repeat(length) });
const key = { pk: S(10), sk: S(10) };
const inIndex = { ...key, email_key: { S: 'a' }, updated_at: { S: '1' } };

/** Sizes by the rules of the Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats". */
test.each([
  ['a text, in UTF-8', { a: { S: 'ü€' } }, 1 + 5],
  ['a number', { a: { N: '1234' } }, 1 + 3],
  ['a number with zeros at its ends', { a: { N: '-0.01200' } }, 1 + 2],
  ['a truth value', { a: { BOOL: true } }, 1 + 1],
  ['a set', { a: { SS: ['xx', 'yyy'] } }, 1 + 5],
  ['a list', { a: { L: [{ S: 'xx' }, { S: 'yyy' }] } }, 1 + 3 + 2 + 5],
  ['a map', { a: { M: { b: { S: 'xx' } } } }, 1 + 3 + 1 + 1 + 2],
])('the size of %s', (_what, item, size) => {
  expect(itemSize(item)).toBe(size);
});

test.each([
  ['1,024 bytes are one unit', undefined, { ...key, a: S(999) }, { table: 1 }],
  ['one byte more is another', undefined, { ...key, a: S(1_000) }, { table: 2 }],
  ['the larger of both items counts', { ...key, a: S(5_000) }, key, { table: 5 }],
  ['an item that enters an index is put there', key, inIndex, { table: 1, 'leads-by-email': 1 }],
  ['an item that leaves an index is deleted there', inIndex, key, { table: 1, 'leads-by-email': 1 }],
  ['an index of keys only has no other attribute', inIndex, { ...inIndex, a: S(1) }, { table: 1 }],
  ['another key is a delete and a put', inIndex, { ...inIndex, updated_at: S(2) }, { table: 1, 'leads-by-email': 2 }],
  ['no change costs nothing there', inIndex, inIndex, { table: 1 }],
])('units of a write: %s', (_what, before, after, units) => {
  expect(writeUnits(before, after)).toStrictEqual(units);
});

test('a refused write costs what the item costs, and at least one unit', () => {
  expect(refusedWriteUnits(undefined)).toStrictEqual({ table: 1 });
  expect(refusedWriteUnits({ ...key, a: S(1_500) })).toStrictEqual({ table: 2 });
});
