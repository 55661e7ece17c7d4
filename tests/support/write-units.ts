import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { at, list } from './read-template';
import { parameter, properties, textOf } from './the-template';

export type Item = Readonly<Record<string, AttributeValue>>;

type Index = Readonly<{ keys: readonly string[]; projected: 'all' | readonly string[] }>;

const namesIn = (schema: Parameters<typeof list>[0]): readonly string[] =>
  list(schema).map((key) => textOf(at(key, 'AttributeName')));

const tableKeys = namesIn(at(properties('LeadTable'), 'KeySchema'));

const projectionOf = (projection: Parameters<typeof at>[0]): Index['projected'] => {
  const parameterName = at(projection, 'ProjectionType', 'Ref');
  const type =
    parameterName === undefined ? at(projection, 'ProjectionType') : at(parameter(textOf(parameterName)), 'Default');
  return type === 'ALL' ? 'all' : list(at(projection, 'NonKeyAttributes')).map(textOf);
};

/** The indexes of the table in the template, by name. */
const indexes: Readonly<Record<string, Index>> = Object.fromEntries(
  list(at(properties('LeadTable'), 'GlobalSecondaryIndexes')).map((index): [string, Index] => [
    textOf(at(index, 'IndexName')),
    {
      keys: namesIn(at(index, 'KeySchema')),
      projected: projectionOf(at(index, 'Projection')),
    },
  ]),
);

const bytes = (text: string): number => Buffer.byteLength(text);

const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);

/**
 * The size of a value in bytes (Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats"). A number has a byte
 * for two significant digits, and one more. A set has the bytes of its members. A list or a map has 3 bytes, and one more for each member.
 */
const sizeOf = (value: AttributeValue): number => {
  if (value.S !== undefined) return bytes(value.S);
  if (value.N !== undefined)
    return Math.ceil(value.N.replace(/^[-0.]+|[.]|e.*$/gi, '').replace(/0+$/, '').length / 2) + 1;
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.SS !== undefined) return total(value.SS.map(bytes));
  if (value.L !== undefined) return 3 + total(value.L.map((member) => 1 + sizeOf(member)));
  if (value.M !== undefined) return 3 + total(Object.values(value.M).map(() => 1)) + itemSize(value.M);
  throw new Error(`The size of ${JSON.stringify(value)} is not known.`);
};

/** The size of an item in bytes: the names of its attributes, and their values. */
export const itemSize = (item: Item): number =>
  total(Object.entries(item).map(([name, value]) => bytes(name) + sizeOf(value)));

/** A write of up to 1 KiB is one unit (Amazon DynamoDB Developer Guide, "DynamoDB read and write operations"). */
const unitsOf = (...items: readonly (Item | undefined)[]): number =>
  Math.max(...items.map((item) => Math.ceil((item === undefined ? 0 : itemSize(item)) / 1024)));

/** The item as an index has it, or `undefined` if it lacks a key of the index. */
const inIndex = ({ keys, projected }: Index, item: Item | undefined): Item | undefined => {
  if (item === undefined || keys.some((key) => item[key] === undefined)) return undefined;
  const names = [...tableKeys, ...keys, ...(projected === 'all' ? [] : projected)];
  return projected === 'all' ? item : Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
};

const isSame = (one: Item | undefined, other: Item | undefined): boolean => textIn(one) === textIn(other);

const textIn = (item: Item | undefined): string =>
  JSON.stringify(Object.entries(item ?? {}).sort(([one], [other]) => (one < other ? -1 : 1)));

/**
 * The units of an index (Amazon DynamoDB Developer Guide, "Using Global Secondary Indexes in DynamoDB", "Write capacity
 * units"): one write to put, change or delete the item in the index, two if its key in the index changes, none if
 * nothing that the index has changes.
 */
const indexUnits = (index: Index, before: Item | undefined, after: Item | undefined): number => {
  const [old, now] = [inIndex(index, before), inIndex(index, after)];
  if (isSame(old, now)) return 0;
  const isMoved = old !== undefined && now !== undefined && index.keys.some((key) => old[key]?.S !== now[key]?.S);
  return isMoved ? unitsOf(old) + unitsOf(now) : unitsOf(old, now);
};

/**
 * The write request units of a write. The table is charged for the larger of the item before and after it. An index
 * without a change is left out.
 */
export const writeUnits = (before: Item | undefined, after: Item): Readonly<Record<string, number>> => ({
  table: unitsOf(before, after),
  ...Object.fromEntries(
    Object.entries(indexes)
      .map(([name, index]) => [name, indexUnits(index, before, after)] as const)
      .filter(([, units]) => units > 0),
  ),
});

/** The units of a write whose condition was false: those of the item that exists, and at least one. */
export const refusedWriteUnits = (existing: Item | undefined): Readonly<Record<string, number>> => ({
  table: Math.max(1, unitsOf(existing)),
});

/**
 * The bytes that an item takes on disk, in the table and in each index that has it. Each of these entries has an overhead
 * of 100 bytes (Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats", "Storage considerations").
 */
export const storedSize = (item: Item): number =>
  total([item, ...Object.values(indexes).map((index) => inIndex(index, item))].map(entrySize));

const entrySize = (entry: Item | undefined): number => (entry === undefined ? 0 : 100 + itemSize(entry));
