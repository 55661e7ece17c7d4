import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import { eventRef, eventRefKey } from '../lead/event-ref';
import type { FindLeads, FoundLead, LeadSearch } from '../ports/lead-search';
import type { StoreFailure } from '../ports/store-failure';
import type { EventItem } from '../stored/event-item';
import { leadItem, type LeadItem } from '../stored/lead-item';
import { call } from './call';
import { decodeItem, type Item } from './decode-item';
import { cursorAfter, startKey } from './page-cursor';
import { type EachEvent, readEachEvent } from './read-each-event';
import { indexes } from './table-keys';

/**
 * Finds leads by an index, newest first. The state of a lead is read from the item of its newest event, the only item
 * that has it (docs/decisions/0002-state-only-on-the-event-item.md). DynamoDB updates an index a moment after the
 * table.
 */
export const findLeads =
  (client: DynamoDBClient, tableName: string): FindLeads =>
  (search) =>
    pipe(
      TE.fromEither(startKey(search)),
      TE.flatMap((start) => queryPage(client, tableName)(search, start)),
      TE.bindTo('page'),
      TE.let('leads', ({ page }) => RA.separate((page.Items ?? []).map(decodeItem(leadItem, 'leads')))),
      TE.bindW('events', ({ leads }) => readEachEvent(client, tableName)(leads.right)),
      TE.map(({ page, leads, events }) => ({
        leads: leads.right.map(foundLead(events)),
        next: page.LastEvaluatedKey === undefined ? undefined : cursorAfter(search, page.LastEvaluatedKey),
        unreadable: [...leads.left, ...RA.lefts([...events.values()])],
      })),
    );

const queryPage = (client: DynamoDBClient, tableName: string) => (search: LeadSearch, start: Item | undefined) =>
  call('leads', () =>
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
  );

/** Joins a lead with its newest event. */
export const foundLead =
  (events: EachEvent) =>
  (lead: LeadItem): FoundLead => ({ lead, event: readable(events.get(eventRefKey(eventRef(lead)))) });

const readable = (read: E.Either<StoreFailure, EventItem> | undefined): EventItem | undefined =>
  pipe(O.fromNullable(read), O.flatMap(O.fromEither), O.toUndefined);
