import { ScanCommand, type ScanCommandInput, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import * as RA from 'fp-ts/ReadonlyArray';
import { orThrow } from '../operations/or-throw';
import { eventItem, type EventItem } from '../stored/event-item';
import type { EventState } from '../stored/event-state';
import { call } from './call';
import { allOf, attributeNames, clause } from './condition';
import { decodeItem, type Item } from './decode-item';
import type { EventTable } from './event-table';
import { eventPrefix } from './table-keys';

/**
 * Which events to find. `since` and `until` are instants in UTC, both inclusive; an event is in between by
 * `received_at`.
 */
export type EventFilter = Readonly<{
  source?: string;
  since?: string;
  until?: string;
  state?: EventState;
  /** In one of these states. */
  states?: readonly EventState[];
}>;

export type Scanned = Readonly<{
  events: readonly EventItem[];
  /** The keys of items that match and cannot be read. They do not keep the other events from being found. */
  unreadable: readonly string[];
}>;

/**
 * Finds events by a scan of the whole table, which is expensive: for an operator, rarely. It reads a page of at most 1 MB
 * when the caller asks for it, so that the memory for a million events is that of one page.
 *
 * @throws a StoreError if a page could not be read
 */
export async function* scanPages({ client, tableName }: EventTable, filter: EventFilter): AsyncGenerator<Scanned> {
  let start: Item | undefined;
  do {
    const scan = new ScanCommand({ TableName: tableName, ...expressionsOf(filter), ExclusiveStartKey: start });
    const { Items = [], LastEvaluatedKey } = await orThrow(
      call('events', (): Promise<ScanCommandOutput> => client.send(scan)),
    );
    yield decodePage(Items);
    start = LastEvaluatedKey;
  } while (start !== undefined);
}

/** Finds events as `scanPages` does, all at once. */
export const scanEvents =
  (table: EventTable) =>
  async (filter: EventFilter): Promise<Scanned> => {
    const pages: Scanned[] = [];
    for await (const page of scanPages(table, filter)) pages.push(page);
    return {
      events: pages.flatMap(({ events }) => events),
      unreadable: pages.flatMap(({ unreadable }) => unreadable),
    };
  };

const decodePage = (items: readonly Item[]): Scanned => {
  const { left, right } = RA.separate(
    items.map((item) => E.mapLeft(() => `${item.pk?.S} ${item.sk?.S}`)(decodeItem(eventItem, 'events')(item))),
  );
  return { events: right, unreadable: left };
};

const expressionsOf = ({
  source,
  since = '',
  until = '9999',
  state,
  states,
}: EventFilter): Partial<ScanCommandInput> => {
  const filter = allOf(
    clause('begins_with(sk, :event)', { ':event': eventPrefix }),
    clause('received_at BETWEEN :since AND :until', { ':since': since, ':until': until }),
    ...(source === undefined ? [] : [clause('#source = :source', { ':source': source })]),
    ...(state === undefined ? [] : [clause('#state = :state', { ':state': state })]),
    ...(states === undefined
      ? []
      : [clause(`#state IN (${states.map((one) => `:${one}`).join(', ')})`, valuesOf(states))]),
  );
  const names = attributeNames(filter.text);
  return {
    FilterExpression: filter.text,
    // DynamoDB refuses an empty object.
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ExpressionAttributeValues: marshall(filter.values),
  };
};

const valuesOf = (states: readonly EventState[]): Readonly<Record<string, EventState>> =>
  Object.fromEntries(states.map((one) => [`:${one}`, one]));
