import { paginateScan, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import type * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../ports/store-failure';
import { eventItem, type EventItem, type EventState } from '../stored/event-item';
import { call } from './call';
import { decodeItem } from './decode-item';
import type { EventTable } from './event-update';
import { eventPrefix } from './table-keys';

/** Which events to find. `since` and `until` are instants in UTC, both inclusive; an event is in between by `received_at`. */
export type EventFilter = Readonly<{ source?: string; since?: string; until?: string; state?: EventState }>;

export type Scanned = Readonly<{
  events: readonly EventItem[];
  /** The keys of items that match and cannot be read. They do not keep the other events from being found. */
  unreadable: readonly string[];
}>;

/** Finds events by a scan of the whole table, which is expensive: for an operator, rarely. */
export const scanEvents =
  ({ client, tableName }: EventTable) =>
  (filter: EventFilter): TE.TaskEither<StoreFailure, Scanned> =>
    call('events', async () => {
      const events: EventItem[] = [];
      const unreadable: string[] = [];
      const pages = paginateScan({ client }, { TableName: tableName, ...expressionsOf(filter) });
      for await (const { Items = [] } of pages) {
        for (const item of Items) {
          const read = decodeItem(eventItem, 'events')(item);
          if (E.isRight(read)) events.push(read.right);
          else unreadable.push(`${item.pk?.S} ${item.sk?.S}`);
        }
      }
      return { events, unreadable };
    });

const expressionsOf = ({ source, since = '', until = '9999', state }: EventFilter): Partial<ScanCommandInput> => {
  const wanted = Object.entries({ source, state }).filter(([, value]) => value !== undefined);
  const names = wanted.map(([name]) => name);
  return {
    FilterExpression: [
      'begins_with(sk, :event) AND received_at BETWEEN :since AND :until',
      ...names.map((name) => `#${name} = :${name}`),
    ].join(' AND '),
    ...(names.length === 0
      ? {}
      : { ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])) }),
    ExpressionAttributeValues: marshall({
      ':event': eventPrefix,
      ':since': since,
      ':until': until,
      ...Object.fromEntries(wanted.map(([name, value]) => [`:${name}`, value])),
    }),
  };
};
