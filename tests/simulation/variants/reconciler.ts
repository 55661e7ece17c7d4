import * as TE from 'fp-ts/TaskEither';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { pipe } from 'fp-ts/function';
import { recordFailure } from '../../../shared/aws/record-failure';
import { pendingPartition, pendingPartitions } from '../../../shared/aws/table-keys';
import { names } from '../cloud';
import type { Variant } from '../functions';
import { changing, type Command, tableOf } from './changes';

/** Removes the count of lost messages when a failure that will be retried is recorded. */
const restartingCount = ({ input }: Command): void => {
  const update = input as UpdateItemCommand['input'];
  if (update.ExpressionAttributeValues?.[':set_state']?.S !== 'RECEIVED') return;
  update.UpdateExpression = update.UpdateExpression?.replace('REMOVE ', 'REMOVE #lost_messages, ');
  update.ExpressionAttributeNames = { ...update.ExpressionAttributeNames, '#lost_messages': 'lost_messages' };
};

/** Broken steps of ReconcileFunction and of what it reads. */
export const reconcilerVariants: readonly Variant[] = [
  {
    name: 'reconciler-without-age-limit',
    breaks: 'a pending event is queued again, however young it is',
    within: 100,
    reconcile: (ports) => ({ ...ports, patienceMs: 0 }),
  },
  {
    name: 'reconciler-forgets-a-partition',
    breaks: 'ReconcileFunction does not read one partition of the index of pending events',
    within: 500,
    reconcile: (ports) => ({
      ...ports,
      findPending: (before, limit) =>
        pipe(
          ports.findPending(before, limit),
          TE.map((found) => ({
            ...found,
            events: found.events.filter(({ event_id }) => pendingPartition(event_id) !== pendingPartitions.at(-1)),
          })),
        ),
    }),
  },
  {
    name: 'reconciler-never-gives-up',
    breaks: 'an event that kills its workers is queued again for ever',
    within: 400,
    reconcile: (ports) => ({ ...ports, maxLostMessages: Infinity }),
  },
  {
    name: 'failure-restarts-count',
    breaks: 'a failure that will be retried resets the count of lost messages',
    within: 3_000,
    enrich: (ports, parts) => ({
      ...ports,
      recordFailure: recordFailure(tableOf(parts, changing(parts.clients.dynamodb, restartingCount))),
    }),
  },
  {
    name: 'finished-stays-pending',
    breaks: 'finished events stay in the index that ReconcileFunction reads',
    within: 20,
    enrich: (ports, parts) => ({
      ...ports,
      markNotified: ({ leadId, eventId }) =>
        TE.tryCatch(
          async () => {
            await parts.clients.dynamodb.send(
              new UpdateItemCommand({
                TableName: names.table,
                Key: { pk: { S: `LEAD#${leadId}` }, sk: { S: `EVENT#${eventId}` } },
                UpdateExpression: 'SET #state = :set_state, notified_at = :at',
                ExpressionAttributeNames: { '#state': 'state' },
                ExpressionAttributeValues: { ':set_state': { S: 'NOTIFIED' }, ':at': { S: parts.now().toISOString() } },
              }),
            );
          },
          () => ({ kind: 'unavailable', store: 'events', cause: '' }),
        ),
    }),
  },
];
