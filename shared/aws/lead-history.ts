import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import type { EventItem } from '../stored/event-item';
import { eventRefKey } from '../lead/event-ref';
import { leadItem, type LeadItem } from '../stored/lead-item';
import type { LeadId } from '../lead/lead-id';
import { namespaceOf } from '../lead/lead-namespace';
import type { HistorySearch, LeadHistory, ReadHistory } from '../ports/lead-search';
import { type StoreFailure, unavailable } from '../ports/store-failure';
import { inParallel } from '../tasks/in-parallel';
import { decodeItem } from './decode-item';
import { historyCursor, historyStart, type Place } from './history-cursor';
import { readEachEvent } from './lead-queries';
import { eventPrefix, leadPartition, leadPrefix } from './table-keys';

type Item = Record<string, AttributeValue>;

export const readHistory =
  (client: DynamoDBClient, tableName: string): ReadHistory =>
  (search) =>
    pipe(
      TE.fromEither(historyStart(search)),
      TE.flatMap((after) => readPage(client, tableName)(search, after)),
    );

/** All events on one page: for an operator, who has the memory for it and no limit of an answer's size. */
export const readWholeHistory =
  (client: DynamoDBClient, tableName: string) =>
  (leadId: LeadId): TE.TaskEither<StoreFailure, LeadHistory> =>
    readPage(client, tableName)({ leadId, limit: Infinity }, undefined);

/**
 * Reads the leads of an id and one page of their events. An event's key does not hold its time, so the places of all events are read, which
 * is little of each, and put in order here. Only the events of the page are read as a whole.
 */
const readPage =
  (client: DynamoDBClient, tableName: string) =>
  (search: HistorySearch, after: Place | undefined): TE.TaskEither<StoreFailure, LeadHistory> => {
    const { leadId, namespace, limit } = search;
    const partition = (prefix: string, more: Partial<QueryCommandInput> = {}) =>
      readAll(client, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: marshall({ ':pk': leadPartition(leadId), ':prefix': prefix }),
        ...more,
      });
    return pipe(
      TE.Do,
      TE.bind('items', () =>
        pipe(
          inParallel([
            partition(leadPrefix),
            partition(eventPrefix, {
              ProjectionExpression: 'pk, sk, event_time, #namespace, #source',
              ExpressionAttributeNames: { '#namespace': 'namespace', '#source': 'source' },
            }),
          ]),
          (reading) => TE.fromTask<readonly E.Either<StoreFailure, readonly Item[]>[], StoreFailure>(reading),
          TE.flatMapEither(E.sequenceArray),
        ),
      ),
      TE.let('leads', ({ items: [leads = []] }) => newestFirst(leads.filter(isIn(namespace)))),
      TE.let('places', ({ items: [, events = []] }) =>
        events
          .filter(isIn(namespace))
          .map(placeOf)
          .filter((place) => after === undefined || compare(after, place) < 0)
          .sort(compare),
      ),
      TE.bind('events', ({ leads, places }) =>
        readEvents(
          client,
          tableName,
        )([...leads.right, ...places.slice(0, limit).map(({ event_id }) => ({ lead_id: leadId, event_id }))]),
      ),
      TE.map(({ leads, places, events }): LeadHistory => {
        const page = places.slice(0, limit);
        const last = page.at(-1);
        const eventAt = (event_id: string) => events.get(eventRefKey({ leadId, eventId: event_id }));
        const read = RA.separate(page.flatMap(({ event_id }) => eventAt(event_id) ?? []));
        return {
          leads: leads.right.map((lead) => ({ lead, event: rightOf(eventAt(lead.event_id)) })),
          events: read.right,
          next: last === undefined || places.length <= page.length ? undefined : historyCursor(search, last),
          unreadable: [...leads.left, ...read.left],
        };
      }),
    );
  };

const rightOf = (read: E.Either<StoreFailure, EventItem> | undefined): EventItem | undefined =>
  read === undefined || E.isLeft(read) ? undefined : read.right;

const readAll =
  (client: DynamoDBClient, input: QueryCommandInput) => async (): Promise<E.Either<StoreFailure, readonly Item[]>> =>
    TE.tryCatch(async () => {
      const items: Item[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, input)) items.push(...Items);
      return items;
    }, unavailable('leads'))();

/** Also of what can't be read as a whole: where its namespace can be read, that is where it belongs. */
const isIn =
  (wanted: string | undefined) =>
  ({ namespace, source }: Item): boolean =>
    wanted === undefined ||
    namespaceOf({ source: source?.S ?? '', ...(namespace?.S === undefined ? {} : { namespace: namespace.S }) }) ===
      wanted;

const newestFirst = (items: readonly Item[]) => {
  const { left, right } = RA.separate(items.map(decodeItem(leadItem, 'leads')));
  return { left, right: [...right].sort((a: LeadItem, b: LeadItem) => (a.version > b.version ? -1 : 1)) };
};

const placeOf = ({ sk, event_time }: Item): Place => ({
  event_time: event_time?.S ?? '',
  event_id: (sk?.S ?? '').slice(eventPrefix.length),
});

/** By time, and by id where the time is the same: one order, whatever page asks. */
const compare = (a: Place, b: Place): number =>
  a.event_time === b.event_time
    ? a.event_id < b.event_id
      ? -1
      : a.event_id > b.event_id
        ? 1
        : 0
    : a.event_time < b.event_time
      ? -1
      : 1;

/** BatchGetItem takes 100 keys, each once. */
const readEvents =
  (client: DynamoDBClient, tableName: string) => (refs: readonly Pick<EventItem, 'lead_id' | 'event_id'>[]) =>
    pipe(
      [...new Map(refs.map((ref) => [ref.event_id, ref])).values()],
      RA.chunksOf(100),
      TE.traverseSeqArray(readEachEvent(client, tableName)),
      TE.map((maps) => new Map(maps.flatMap((map) => [...map]))),
    );
