import { paginateScan, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import type * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../ports/store-failure';
import { eventItem, type EventItem } from '../stored/event-item';
import type { EventState } from '../stored/event-state';
import { call } from './call';
import { allOf, attributeNames, clause } from './condition';
import { decodeItem } from './decode-item';
import type { EventTable } from './event-table';
import { eventPrefix } from './table-keys';

/**
 * Which events to find. `since` and `until` are instants in UTC, both inclusive; an event is in between by
 * `received_at`.
 */
export type EventFilter = Readonly<{ source?: string; since?: string; until?: string; state?: EventState }>;

type Scanned = Readonly<{
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
  const filter = allOf(
    clause('begins_with(sk, :event)', { ':event': eventPrefix }),
    clause('received_at BETWEEN :since AND :until', { ':since': since, ':until': until }),
    ...(source === undefined ? [] : [clause('#source = :source', { ':source': source })]),
    ...(state === undefined ? [] : [clause('#state = :state', { ':state': state })]),
  );
  const names = attributeNames(filter.text);
  return {
    FilterExpression: filter.text,
    // DynamoDB refuses an empty object.
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ExpressionAttributeValues: marshall(filter.values),
  };
};
