import type { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { claimEvent } from '../../shared/aws/claim-event';
import { markNotified } from '../../shared/aws/mark-notified';
import { recordEvent } from '../../shared/aws/record-event';
import { recordFailure } from '../../shared/aws/record-failure';
import { readWholeHistory } from '../../shared/aws/lead-history';
import { recordRef } from '../../shared/lead/event-ref';
import type { LeadId } from '../../shared/lead/lead-id';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import type { Attempt } from '../../shared/ports/attempt';
import type { FailedAttempt } from '../../shared/ports/record-failure';
import type { EventItem } from '../../shared/stored/event-item';
import { arbitraryRecord } from '../support/arbitrary';
import { done, type Stores } from './stores';

export const minute = 60_000;
export const skewMs = 5_000;

/**
 * What the tests of every store share: the stores, a clock that a test sets, and the writes of an event's life.
 *
 * Call it inside `describe`. It opens the stores before the tests and closes them afterwards.
 */
export const harness = (makeStores: () => Promise<Stores>) => {
  let stores: Stores;
  let clock: Date;

  beforeAll(async () => {
    stores = await makeStores();
  }, 60_000);
  afterAll(() => stores.close(), 60_000);
  beforeEach(() => {
    clock = new Date('2026-01-31T12:00:00.000Z');
  });

  const table = () => ({ client: stores.dynamodb, tableName: stores.tableName, now: () => clock, retentionDays: 400 });
  const history = (leadId: LeadId) => done(readWholeHistory(stores.dynamodb, stores.tableName)(leadId));
  const record = (one: RecordedEvent) => done(recordEvent(table(), 600)(one));

  return {
    stores: () => stores,
    table,
    clock: () => clock,
    setClock: (to: Date): void => void (clock = to),
    tick: (ms: number): void => void (clock = new Date(clock.getTime() + ms)),

    record,
    /** Records a new event that the project received now. */
    recorded: async (about = {}): Promise<RecordedEvent> => {
      const one = { ...arbitraryRecord(about), receivedAt: clock.toISOString() };
      await record(one);
      return one;
    },
    claim: (one: RecordedEvent, attempt: Attempt) => done(claimEvent(table(), skewMs)(one, attempt)),
    mark: (one: RecordedEvent) => done(markNotified(table())(recordRef(one))),
    /** @param isKnown whether the worker has read the record, so that the write may create the item */
    fail: (one: RecordedEvent, attempt: Attempt, next: FailedAttempt['next'], isKnown = true) =>
      done(
        recordFailure(table())(
          recordRef(one),
          attempt,
          { reason: 'owner-missing', detail: 'why', next },
          isKnown ? one : undefined,
        ),
      ),
    requeue: () => ({ isMessageLost: false, notBefore: clock }),

    history,
    eventItemOf: async ({ event, eventId }: RecordedEvent): Promise<EventItem | undefined> =>
      (await history(event.lead_id)).events.find(({ event_id }) => event_id === eventId),

    /** A table whose client sends each write twice, as the SDK does when the first response is lost. */
    writingTwice: () => ({
      ...table(),
      client: {
        send: async (command: UpdateItemCommand) => {
          await stores.dynamodb.send(command);
          return stores.dynamodb.send(command);
        },
      } as unknown as DynamoDBClient,
    }),
  };
};

export type Harness = ReturnType<typeof harness>;
