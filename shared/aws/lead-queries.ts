import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import { eventItem, type EventItem } from '../stored/event-item';
import { leadItem, type LeadItem } from '../stored/lead-item';
import type { FindLeads } from '../ports/lead-search';
import { type StoreFailure, unavailable } from '../ports/store-failure';
import { backOff, type BackOff, maxRounds } from './back-off';
import { decodeItem } from './decode-item';
import { cursorAfter, startKey } from './page-cursor';
import { eventKey, indexes } from './table-keys';
import { eventRef, eventRefKey } from '../lead/event-ref';

type Item = Record<string, AttributeValue>;

/**
 * Finds leads by an index, newest first. The state of each is read from its newest event, so that it is told by one item
 * only (docs/decisions/0002-state-only-on-the-event-item.md). Indexes lag behind the table by moments.
 */
export const findLeads =
  (client: DynamoDBClient, tableName: string): FindLeads =>
  (search) =>
    pipe(
      TE.fromEither(startKey(search)),
      TE.flatMap((start) =>
        TE.tryCatch(
          () =>
            client.send(
              new QueryCommand({
                TableName: tableName,
                IndexName: indexes[search.by],
                KeyConditionExpression: '#key = :value',
                ExpressionAttributeNames: { '#key': `${search.by}_key` },
                ExpressionAttributeValues: marshall({ ':value': search.value }),
                ScanIndexForward: false,
                Limit: search.limit,
                ExclusiveStartKey: start,
              }),
            ),
          unavailable('leads'),
        ),
      ),
      TE.bindTo('page'),
      TE.let('leads', ({ page }) => RA.separate((page.Items ?? []).map(decodeItem(leadItem, 'leads')))),
      TE.bindW('events', ({ leads }) => readEachEvent(client, tableName)(leads.right)),
      TE.map(({ page, leads, events }) => ({
        leads: leads.right.map((lead) => ({
          lead,
          event: O.toUndefined(O.flatMap(O.fromNullable(events.get(eventRefKey(eventRef(lead)))), O.fromEither)),
        })),
        next: page.LastEvaluatedKey === undefined ? undefined : cursorAfter(search, page.LastEvaluatedKey),
        unreadable: [...leads.left, ...RA.lefts([...events.values()])],
      })),
    );

/** DynamoDB leaves keys of a batch unprocessed for as long as it is asked: the table's capacity is used up. */
class KeysUnprocessed extends Error {
  override name = 'UnprocessedKeys';
}

type LeadAndEvent = Pick<LeadItem, 'lead_id' | 'event_id'>;

/**
 * Events by `eventRefKey`, each read by itself. BatchGetItem takes 100 keys, the most that a page has; what it leaves unprocessed under load is
 * asked for again, a bounded number of times.
 */
export const readEachEvent =
  (client: DynamoDBClient, tableName: string, pause: BackOff = backOff) =>
  (
    leads: readonly LeadAndEvent[],
  ): TE.TaskEither<StoreFailure, ReadonlyMap<string, E.Either<StoreFailure, EventItem>>> =>
    pipe(
      TE.tryCatch(async () => {
        const found: Item[] = [];
        let keys: Item[] = leads.map((lead): Item => marshall(eventKey(eventRef(lead))));
        for (let round = 0; keys.length > 0; round += 1) {
          if (round === maxRounds) throw new KeysUnprocessed();
          if (round > 0) await pause(round - 1);
          const { Responses, UnprocessedKeys } = await client.send(
            new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: keys } } }),
          );
          found.push(...(Responses?.[tableName] ?? []));
          keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
        }
        return found;
      }, unavailable('events')),
      TE.map((items) => {
        const byKey = new Map(items.map((item) => [keyText(item), decodeItem(eventItem, 'events')(item)]));
        return new Map(
          leads.flatMap((lead) => {
            const read = byKey.get(keyText(marshall(eventKey(eventRef(lead)))));
            return read === undefined ? [] : [[eventRefKey(eventRef(lead)), read] as const];
          }),
        );
      }),
    );

/** What an item is known by, also where the rest of it can't be read. */
const keyText = ({ pk, sk }: Item): string => `${pk?.S} ${sk?.S}`;
