import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import { eventRefKey, type EventRef } from '../lead/event-ref';
import { namespaceOf } from '../lead/lead-namespace';
import type { StoreFailure } from '../ports/store-failure';
import type { LeadOfEvent } from '../operations/leads/lead-ports';
import type { EventItem } from '../stored/event-item';
import { leadItem, type LeadItem } from '../stored/lead-item';
import { backOff } from './back-off';
import { batchGet } from './batch-get';
import { call } from './call';
import { decodeItem } from './decode-item';
import { readEachEvent } from './read-each-event';
import { leadKey } from './table-keys';

/**
 * Reads events and the leads that they are about, in the order of the references. Events that do not exist any more are
 * left out.
 *
 * @param refs at most 100
 */
export const leadsOfEvents =
  (client: DynamoDBClient, tableName: string) =>
  (
    refs: readonly EventRef[],
  ): TE.TaskEither<StoreFailure, Readonly<{ found: readonly LeadOfEvent[]; unreadable: number }>> =>
    pipe(
      TE.Do,
      TE.bind('events', () =>
        readEachEvent(client, tableName)(refs.map(({ leadId, eventId }) => ({ lead_id: leadId, event_id: eventId }))),
      ),
      TE.let('inOrder', ({ events }) => refs.flatMap((ref) => events.get(eventRefKey(ref)) ?? [])),
      TE.let('readable', ({ inOrder }) => RA.rights(inOrder)),
      TE.bind('leads', ({ readable }) => readLeads(client, tableName)(readable)),
      TE.map(({ inOrder, readable, leads }) => ({
        found: readable.map((event) => ({ event, lead: leads.found.get(leadName(event)) })),
        unreadable: inOrder.filter(E.isLeft).length + leads.unreadable,
      })),
    );

/** A lead as one text, for the keys of a map. A lead id has no slash. */
const leadName = (item: EventItem | LeadItem): string => `${item.lead_id}/${namespaceOf(item)}`;

const readLeads =
  (client: DynamoDBClient, tableName: string) =>
  (
    events: readonly EventItem[],
  ): TE.TaskEither<StoreFailure, Readonly<{ found: ReadonlyMap<string, LeadItem>; unreadable: number }>> => {
    const byName = new Map(events.map((event) => [leadName(event), event] as const));
    const keys = [...byName.values()].map((event) =>
      marshall(leadKey({ leadId: event.lead_id, namespace: namespaceOf(event) })),
    );
    return pipe(
      call('leads', () => batchGet(client, tableName, keys, backOff)),
      TE.map((items) => RA.separate(items.map(decodeItem(leadItem, 'leads')))),
      TE.map(({ left, right }) => ({
        found: new Map(right.map((lead) => [leadName(lead), lead] as const)),
        unreadable: left.length,
      })),
    );
  };
