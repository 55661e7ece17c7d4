import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { eventRef, eventRefKey } from '../lead/event-ref';
import type { StoreFailure } from '../ports/store-failure';
import { eventItem, type EventItem } from '../stored/event-item';
import { backOff, type BackOff } from './back-off';
import { batchGet } from './batch-get';
import { call } from './call';
import { decodeItem, type Item } from './decode-item';
import { eventKey } from './table-keys';

type EventKey = Pick<EventItem, 'lead_id' | 'event_id'>;

/**
 * Events by `eventRefKey`. An event that has no item is absent. An event that cannot be read is a failure of its own.
 */
export type EachEvent = ReadonlyMap<string, E.Either<StoreFailure, EventItem>>;

/**
 * Reads up to 100 events, the limit of BatchGetItem.
 *
 * @param keys each at most once
 * @param pause waits before the keys that DynamoDB left unprocessed are read again
 */
export const readEachEvent =
  (client: DynamoDBClient, tableName: string, pause: BackOff = backOff) =>
  (keys: readonly EventKey[]): TE.TaskEither<StoreFailure, EachEvent> =>
    pipe(
      call('events', () =>
        batchGet(
          client,
          tableName,
          keys.map((key): Item => marshall(eventKey(eventRef(key)))),
          pause,
        ),
      ),
      TE.map((items) => decodeEach(keys, items)),
    );

const decodeEach = (keys: readonly EventKey[], items: readonly Item[]): EachEvent => {
  const byKey = new Map(items.map((item) => [keyText(item), decodeItem(eventItem, 'events')(item)]));
  return new Map(
    keys.flatMap((key) => {
      const read = byKey.get(keyText(marshall(eventKey(eventRef(key)))));
      return read === undefined ? [] : [[eventRefKey(eventRef(key)), read] as const];
    }),
  );
};

/** The keys of an item, which can be read even if the rest of the item cannot. */
const keyText = ({ pk, sk }: Item): string => `${pk?.S} ${sk?.S}`;
