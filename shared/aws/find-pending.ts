import { type DynamoDBClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { eventRef } from '../lead/event-ref';
import { leadId } from '../lead/lead-id';
import type { FindPending, Pending } from '../ports/pending-events';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { type EventItem, isPending, type PendingEvent, unmovedSince } from '../stored/event-item';
import { inParallel } from '../tasks/in-parallel';
import type { BackOff } from './back-off';
import { call } from './call';
import { decodeItem, type Item } from './decode-item';
import { type EachEvent, readEachEvent } from './read-each-event';
import { eventKey, eventPrefix, indexes, leadPrefix, pendingPartitions } from './table-keys';

type PendingTable = Readonly<{ client: DynamoDBClient; tableName: string; now: () => Date }>;

/** What a search may take. Without these bounds, one partition full of events that wait could use up the whole run. */
export type SearchBounds = Readonly<{
  /** Pages of each partition, of up to 100 events. */
  pages: number;
  /** After this time no further page is read, in milliseconds. */
  ms: number;
}>;

/**
 * Reads all partitions of the sparse index in parallel, and the item of each event in it: the index has keys only, so
 * that a claim need not write it. A partition that cannot be read is a failure of its own.
 *
 * @param pause waits before the keys that DynamoDB left unprocessed are read again
 * @returns Left: no partition could be read
 */
export const findPending =
  (table: PendingTable, bounds: SearchBounds, pause: BackOff): FindPending =>
  (before, limit) =>
    pipe(
      TE.fromIO((): Search => ({
        before: before.toISOString(),
        // Twice its share of the limit, because the partitions are not equally full.
        limit: Math.ceil((2 * limit) / pendingPartitions.length),
        pages: bounds.pages,
        until: table.now().getTime() + bounds.ms,
      })),
      TE.flatMap((search) =>
        TE.fromTask<readonly E.Either<StoreFailure, Pending>[], StoreFailure>(
          inParallel(pendingPartitions.map((partition) => searchPartition(table, pause, partition, search))),
        ),
      ),
      TE.flatMapEither((partitions) => together(partitions, limit)),
    );

type Search = Readonly<{
  before: string;
  /** How many events of a partition are enough. */
  limit: number;
  pages: number;
  /** Milliseconds since 1970. */
  until: number;
}>;

const searchPartition = (
  table: PendingTable,
  pause: BackOff,
  partition: string,
  { before, limit, pages, until }: Search,
): TE.TaskEither<StoreFailure, Pending> => {
  const readPage = pageReader(table, pause, partition, before);
  const from = (found: Pending, page: number, start: Item | undefined): TE.TaskEither<StoreFailure, Pending> =>
    pipe(
      readPage(start),
      TE.flatMap(({ pending, next }) => {
        const both = {
          events: [...found.events, ...pending.events],
          unreadable: [...found.unreadable, ...pending.unreadable],
        };
        const isEnough = both.events.length >= limit || page >= pages || table.now().getTime() >= until;
        return next === undefined || isEnough ? TE.right(both) : from(both, page + 1, next);
      }),
    );
  return from({ events: [], unreadable: [] }, 1, undefined);
};

/** 100 is the limit of BatchGetItem. */
const pageSize = 100;

type Page = Readonly<{ pending: Pending; next: Item | undefined }>;

const pageReader =
  ({ client, tableName }: PendingTable, pause: BackOff, partition: string, before: string) =>
  (start: Item | undefined): TE.TaskEither<StoreFailure, Page> => {
    const query = new QueryCommand({
      TableName: tableName,
      IndexName: indexes.pending,
      KeyConditionExpression: 'pending = :pending AND pending_since < :before',
      ExpressionAttributeValues: marshall({ ':pending': partition, ':before': before }),
      Limit: pageSize,
      ExclusiveStartKey: start,
    });
    return pipe(
      call('events', (): Promise<QueryCommandOutput> => client.send(query)),
      TE.bindTo('page'),
      TE.let('keys', ({ page: { Items = [] } }) => RA.separate(Items.map(keyIn))),
      TE.bind('read', ({ keys }) =>
        keys.right.length === 0
          ? TE.right<StoreFailure, EachEvent>(new Map())
          : readEachEvent(client, tableName, pause)(keys.right),
      ),
      TE.map(({ page, keys, read }) => {
        const items = RA.separate([...read.values()].map(E.flatMap(notMovedSince(before))));
        return {
          pending: { events: items.right.flat(), unreadable: [...keys.left, ...items.left] },
          next: page.LastEvaluatedKey,
        };
      }),
    );
  };

const indexedKey = t.type({ lead_id: leadId, event_id: t.string });

const keyIn = (item: Item): E.Either<StoreFailure, t.TypeOf<typeof indexedKey>> =>
  decodeItem(
    indexedKey,
    'events',
  )({
    ...item,
    lead_id: { S: (item.pk?.S ?? '').slice(leadPrefix.length) },
    event_id: { S: (item.sk?.S ?? '').slice(eventPrefix.length) },
  });

/**
 * The event, if it has not moved since a moment. The item may be newer than the index, so that it may have moved.
 *
 * @returns Left: the event is finished, and still in the index. An operator has to look at it
 */
const notMovedSince =
  (before: string) =>
  (event: EventItem): E.Either<StoreFailure, readonly PendingEvent[]> => {
    if (isPending(event)) return E.right(unmovedSince(event) < before ? [event] : []);
    if (!('pending_since' in event)) return E.right([]);
    return E.left({
      ...unreadable('events', `state ${event.state} in the index of pending events`),
      item: eventKey(eventRef(event)),
    });
  };

/** The oldest events of each partition, so that no partition keeps another one waiting. */
const together = (
  partitions: readonly E.Either<StoreFailure, Pending>[],
  limit: number,
): E.Either<StoreFailure, Pending> => {
  const { left: failures, right: found } = RA.separate(partitions);
  const [failure] = failures;
  if (failure !== undefined && found.length === 0) return E.left(failure);
  return E.right({
    events: found
      .flatMap(({ events }) => events.map((event, rank) => ({ event, rank })))
      .sort((a, b) => a.rank - b.rank || byAge(a.event, b.event))
      .slice(0, limit)
      .map(({ event }) => event)
      .sort(byAge),
    unreadable: [...failures, ...found.flatMap(({ unreadable }) => unreadable)],
  });
};

const byAge = (a: PendingEvent, b: PendingEvent): number =>
  a.pending_since < b.pending_since ? -1 : a.pending_since > b.pending_since ? 1 : 0;
