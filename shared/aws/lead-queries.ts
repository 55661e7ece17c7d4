import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
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
import { backOff } from './back-off';
import { batchGet } from './batch-get';
import { call } from './call';
import { decodeItem, type Item } from './decode-item';
import { cursorAt, placesOf } from './page-cursor';
import { type EachEvent, readEachEvent } from './read-each-event';
import { readKeys } from './search-page';
import { searchPartitions } from './search-partitions';

/**
 * Finds leads by an index, newest first. The index has keys only, so that the enrichment of a lead writes it once
 * (docs/decisions/0038-a-search-value-has-8-partitions.md). The lead is read from its item, and its state from the item
 * of its newest event, the only item that has it (docs/decisions/0002-state-only-on-the-event-item.md). DynamoDB updates
 * an index a moment after the table: a lead that no longer has the value is left out.
 */
export const findLeads =
  (client: DynamoDBClient, tableName: string): FindLeads =>
  (search) =>
    pipe(
      TE.fromEither(placesOf(search)),
      TE.flatMap((places) => readKeys(client, tableName)(search, places)),
      TE.bindTo('page'),
      TE.bindW('leads', ({ page }) => readLeads(client, tableName)(search, page.keys)),
      TE.bindW('events', ({ leads }) => readEachEvent(client, tableName)(leads.right)),
      TE.map(({ page, leads, events }) => ({
        leads: leads.right.map(foundLead(events)),
        next: cursorAt(search, page.next),
        unreadable: [...leads.left, ...RA.lefts([...events.values()])],
      })),
    );

const readLeads =
  (client: DynamoDBClient, tableName: string) =>
  (search: LeadSearch, keys: readonly Item[]): TE.TaskEither<StoreFailure, Separated> => {
    const partitions = searchPartitions(search);
    const isFound = (item: Item): boolean => partitions.includes(item[`${search.by}_key`]?.S ?? '');
    // A lead of an earlier version moves to its partition with its next event, and may be seen in both.
    const unique = [...new Map(keys.map((key) => [keyText(key), tableKey(key)])).values()];
    return pipe(
      call('leads', () => batchGet(client, tableName, unique, backOff)),
      TE.map((items) => {
        const byKey = new Map(items.map((item) => [keyText(item), item] as const));
        const inOrder = unique.map((key) => byKey.get(keyText(key)) ?? {});
        return RA.separate(inOrder.filter(isFound).map(decodeItem(leadItem, 'leads')));
      }),
    );
  };

type Separated = Readonly<{ left: readonly StoreFailure[]; right: readonly LeadItem[] }>;

const tableKey = ({ pk = none, sk = none }: Item): Item => ({ pk, sk });

const none = { S: '' };

const keyText = ({ pk, sk }: Item): string => `${pk?.S} ${sk?.S}`;

/** Joins a lead with its newest event. */
export const foundLead =
  (events: EachEvent) =>
  (lead: LeadItem): FoundLead => ({ lead, event: readable(events.get(eventRefKey(eventRef(lead)))) });

const readable = (read: E.Either<StoreFailure, EventItem> | undefined): EventItem | undefined =>
  pipe(O.fromNullable(read), O.flatMap(O.fromEither), O.toUndefined);
