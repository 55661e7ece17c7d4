import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import { eventRefKey } from '../lead/event-ref';
import type { LeadId } from '../lead/lead-id';
import { namespaceOf } from '../lead/lead-namespace';
import type { HistorySearch, LeadHistory, ReadHistory } from '../ports/lead-search';
import type { StoreFailure } from '../ports/store-failure';
import { leadItem, type LeadItem } from '../stored/lead-item';
import { decodeItem, type Item } from './decode-item';
import { comparePlaces, historyCursor, historyStart, type Place } from './history-cursor';
import { foundLead } from './lead-queries';
import { type Partition, readPartition } from './lead-partition';
import { type EachEvent, readEachEvent } from './read-each-event';
import { eventPrefix } from './table-keys';

/** Reads the leads of an id, and one page of their events. */
export const readHistory =
  (client: DynamoDBClient, tableName: string): ReadHistory =>
  (search) =>
    pipe(
      TE.fromEither(historyStart(search)),
      TE.flatMap((after) => readPage(client, tableName)(search, after)),
    );

/** Reads the leads of an id, and all of their events on one page: for an operator, whose memory has room for them. */
export const readWholeHistory =
  (client: DynamoDBClient, tableName: string) =>
  (leadId: LeadId): TE.TaskEither<StoreFailure, LeadHistory> =>
    readPage(client, tableName)({ leadId, limit: Infinity }, undefined);

/**
 * Reads a page in two steps, because the key of an event does not have its time. First it reads and sorts the places of
 * all events, which are a small part of each item. Then it reads the whole items of the events on the page.
 */
const readPage =
  (client: DynamoDBClient, tableName: string) =>
  (search: HistorySearch, after: Place | undefined): TE.TaskEither<StoreFailure, LeadHistory> =>
    pipe(
      readPartition(client, tableName)(search.leadId),
      TE.map((partition) => outlineOf(search, after, partition)),
      TE.bindTo('outline'),
      TE.bind('events', ({ outline }) => readEvents(client, tableName)(eventsOf(search, outline))),
      TE.map(({ outline, events }) => pageOf(search, outline, events)),
    );

/** What is known before the whole items of the events are read. */
type Outline = Readonly<{
  leads: readonly LeadItem[];
  unreadable: readonly StoreFailure[];
  /** Where the events of the page are. */
  places: readonly Place[];
  hasMore: boolean;
}>;

const outlineOf = (
  { namespace, limit }: HistorySearch,
  after: Place | undefined,
  { leads, events }: Partition,
): Outline => {
  const read = RA.separate(leads.filter(isIn(namespace)).map(decodeItem(leadItem, 'leads')));
  const places = events
    .filter(isIn(namespace))
    .map(placeOf)
    .filter((place) => after === undefined || comparePlaces(after, place) < 0)
    .sort(comparePlaces);
  return {
    leads: [...read.right].sort((a: LeadItem, b: LeadItem) => (a.version > b.version ? -1 : 1)),
    unreadable: read.left,
    places: places.slice(0, limit),
    hasMore: places.length > limit,
  };
};

/** Also for an item that cannot be read as a whole: if its namespace can be read, the item is in it. */
const isIn =
  (wanted: string | undefined) =>
  ({ namespace, source }: Item): boolean =>
    wanted === undefined ||
    namespaceOf({ source: source?.S ?? '', ...(namespace?.S === undefined ? {} : { namespace: namespace.S }) }) ===
      wanted;

const placeOf = ({ sk, event_time }: Item): Place => ({
  event_time: event_time?.S ?? '',
  event_id: (sk?.S ?? '').slice(eventPrefix.length),
});

type EventKey = Pick<LeadItem, 'lead_id' | 'event_id'>;

const eventsOf = ({ leadId }: HistorySearch, { leads, places }: Outline): readonly EventKey[] => [
  ...leads,
  ...places.map(({ event_id }) => ({ lead_id: leadId, event_id })),
];

/** In batches of 100, each event once: the newest event of a lead can also be on the page. */
const readEvents =
  (client: DynamoDBClient, tableName: string) =>
  (keys: readonly EventKey[]): TE.TaskEither<StoreFailure, EachEvent> =>
    pipe(
      [...new Map(keys.map((key) => [key.event_id, key])).values()],
      RA.chunksOf(100),
      TE.traverseSeqArray(readEachEvent(client, tableName)),
      TE.map((batches) => new Map(batches.flatMap((batch) => [...batch]))),
    );

const pageOf = (search: HistorySearch, outline: Outline, events: EachEvent): LeadHistory => {
  const { leads, unreadable, places, hasMore } = outline;
  const { leadId } = search;
  const read = RA.separate(
    places.flatMap(({ event_id }) => events.get(eventRefKey({ leadId, eventId: event_id })) ?? []),
  );
  const last = places.at(-1);
  return {
    leads: leads.map(foundLead(events)),
    events: read.right,
    next: last === undefined || !hasMore ? undefined : historyCursor(search, last),
    unreadable: [...unreadable, ...read.left],
  };
};
