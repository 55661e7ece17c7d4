import {
  DescribeTableCommand,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandOutput,
  ScanCommand,
  type ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import { eventRefKey, type EventRef } from '../../lead/event-ref';
import type { LeadId } from '../../lead/lead-id';
import { eventFacts, type EventFacts, factNames } from '../../operations/overview/event-facts';
import type { PendingKeys, ScanPage, ScanRequest } from '../../operations/overview/overview-ports';
import type { StoreFailure } from '../../ports/store-failure';
import { inParallel } from '../../tasks/in-parallel';
import type { BackOff } from '../back-off';
import { batchGet } from '../batch-get';
import { call } from '../call';
import { attributeNames } from '../condition';
import { decodeItem, type Item } from '../decode-item';
import { eventKey, eventPrefix, indexes, leadPrefix, pendingPartitions } from '../table-keys';

type Table = Readonly<{ client: DynamoDBClient; tableName: string }>;

const store = 'events';

/** About how many items the table has. A local cloud may report 0. */
export const countItems = ({ client, tableName }: Table): TE.TaskEither<StoreFailure, number> =>
  pipe(
    call(store, () => client.send(new DescribeTableCommand({ TableName: tableName }))),
    TE.map(({ Table }) => Table?.ItemCount ?? 0),
  );

const decodeFacts = decodeItem(eventFacts, store);

const projection = factNames.map((name) => `#${name}`).join(', ');

/** Reads a page of events, with the attributes that the overview needs. The leads of the page are filtered out. */
export const scanPage = (
  { client, tableName }: Table,
  { segment, segments, from }: ScanRequest,
): TE.TaskEither<StoreFailure, ScanPage> => {
  const scan = new ScanCommand({
    TableName: tableName,
    Segment: segment,
    TotalSegments: segments,
    ProjectionExpression: projection,
    FilterExpression: 'begins_with(sk, :event)',
    ExpressionAttributeNames: attributeNames(projection),
    ExpressionAttributeValues: marshall({ ':event': eventPrefix }),
    ExclusiveStartKey: from as Item | undefined,
  });
  return pipe(
    call(store, (): Promise<ScanCommandOutput> => client.send(scan)),
    TE.map(({ Items = [], LastEvaluatedKey }) => {
      const { left, right } = RA.separate(Items.map(decodeFacts));
      return { events: right, unreadable: left.length, next: LastEvaluatedKey };
    }),
  );
};

/** Reads the keys of all partitions of the index of pending events in parallel. A partition that fails fails all. */
export const readPending = (table: Table, most: number): TE.TaskEither<StoreFailure, PendingKeys> =>
  pipe(
    inParallel(pendingPartitions.map((partition) => readPartition(table, partition, most / pendingPartitions.length))),
    TE.fromTask<readonly E.Either<StoreFailure, PendingKeys>[], StoreFailure>,
    TE.flatMapEither(E.sequenceArray),
    TE.map((partitions) => ({
      refs: partitions.flatMap(({ refs }) => refs),
      isWhole: partitions.every(({ isWhole }) => isWhole),
    })),
  );

const readPartition = (
  { client, tableName }: Table,
  partition: string,
  most: number,
): TE.TaskEither<StoreFailure, PendingKeys> =>
  call(store, async () => {
    const refs: EventRef[] = [];
    let start: Item | undefined;
    do {
      const page: QueryCommandOutput = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: indexes.pending,
          KeyConditionExpression: 'pending = :pending',
          ExpressionAttributeValues: marshall({ ':pending': partition }),
          ExclusiveStartKey: start,
        }),
      );
      refs.push(...(page.Items ?? []).map(refIn));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && refs.length < most);
    return { refs, isWhole: start === undefined };
  });

const refIn = ({ pk, sk }: Item): EventRef => ({
  leadId: (pk?.S ?? '').slice(leadPrefix.length) as LeadId,
  eventId: (sk?.S ?? '').slice(eventPrefix.length),
});

/**
 * Reads up to 100 events, the limit of BatchGetItem, by `eventRefKey`.
 *
 * @param refs each at most once
 */
export const readFacts = (
  { client, tableName }: Table,
  pause: BackOff,
  refs: readonly EventRef[],
): TE.TaskEither<StoreFailure, ReadonlyMap<string, EventFacts | 'unreadable'>> =>
  pipe(
    call(store, () =>
      batchGet(
        client,
        tableName,
        refs.map((ref): Item => marshall(eventKey(ref))),
        pause,
      ),
    ),
    TE.map(
      (items) =>
        new Map(
          items.map((item) => [
            eventRefKey(refIn(item)),
            E.getOrElseW((): 'unreadable' => 'unreadable')(decodeFacts(item)),
          ]),
        ),
    ),
  );
