import { type DynamoDBClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { LeadSearch } from '../ports/lead-search';
import type { StoreFailure } from '../ports/store-failure';
import { inParallel } from '../tasks/in-parallel';
import { call } from './call';
import type { Item } from './decode-item';
import type { Place } from './page-cursor';
import { searchPartitions } from './search-partitions';
import { indexes } from './table-keys';

/** The keys of a page, newest first, and where the next page starts in each partition. */
type KeysOfPage = Readonly<{ keys: readonly Item[]; next: readonly Place[] }>;

/** Reads the keys of a page from all partitions of an index in parallel, and merges them by time. */
export const readKeys =
  (client: DynamoDBClient, tableName: string) =>
  (search: LeadSearch, places: readonly Place[]): TE.TaskEither<StoreFailure, KeysOfPage> => {
    const queries = searchPartitions(search).map((partition, index) =>
      queryPartition(client, tableName, search, partition, places[index] ?? 'start'),
    );
    return pipe(
      TE.fromTask<readonly E.Either<StoreFailure, Found>[], StoreFailure>(inParallel(queries)),
      TE.flatMapEither(E.sequenceArray),
      TE.map((found) => merged(search, found)),
    );
  };

/** What a query found in a partition, and the place at which it started. */
type Found = Readonly<{ items: readonly Item[]; hasMore: boolean; from: Place }>;

const queryPartition = (
  client: DynamoDBClient,
  tableName: string,
  { by, limit }: LeadSearch,
  partition: string,
  from: Place,
): TE.TaskEither<StoreFailure, Found> => {
  if (from === 'end') return TE.right({ items: [], hasMore: false, from });
  const query = new QueryCommand({
    TableName: tableName,
    IndexName: indexes[by],
    KeyConditionExpression: '#key = :value',
    ExpressionAttributeNames: { '#key': `${by}_key` },
    ExpressionAttributeValues: marshall({ ':value': partition }),
    ScanIndexForward: false,
    Limit: limit,
    ExclusiveStartKey: from === 'start' ? undefined : from,
  });
  return pipe(
    call('leads', (): Promise<QueryCommandOutput> => client.send(query)),
    TE.map(({ Items = [], LastEvaluatedKey }) => ({ items: Items, hasMore: LastEvaluatedKey !== undefined, from })),
  );
};

/** Leads of the same time stay in the order of their partitions, so that all pages of a search have one order. */
const merged = ({ by, limit }: LeadSearch, found: readonly Found[]): KeysOfPage => {
  const page = found
    .flatMap(({ items }, partition) => items.map((item) => ({ item, partition })))
    .sort((a, b) => newestFirst(a.item, b.item))
    .slice(0, limit);
  const takenFrom = (partition: number) => page.filter((entry) => entry.partition === partition);
  return {
    keys: page.map(({ item }) => item),
    next: found.map((one, partition) => placeAfter(by, one, takenFrom(partition))),
  };
};

const newestFirst = (a: Item, b: Item): number => {
  const [timeOfA = '', timeOfB = ''] = [a.updated_at?.S, b.updated_at?.S];
  return timeOfA > timeOfB ? -1 : timeOfA < timeOfB ? 1 : 0;
};

const placeAfter = (
  by: LeadSearch['by'],
  { items, hasMore, from }: Found,
  taken: readonly Readonly<{ item: Item }>[],
): Place => {
  if (taken.length === items.length && !hasMore) return 'end';
  const last = taken.at(-1)?.item;
  return last === undefined ? from : keyOf(by, last);
};

/** An index with all attributes returns more than the keys, and `ExclusiveStartKey` must have nothing else. */
const keyOf = (by: LeadSearch['by'], item: Item): Item =>
  Object.fromEntries(
    ['pk', 'sk', `${by}_key`, 'updated_at'].flatMap((name) => {
      const value = item[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
