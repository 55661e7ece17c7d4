import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, type SQSClient, SQSServiceException } from '@aws-sdk/client-sqs';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { type BackOff, backOff } from './back-off';
import { clientSettings, s3Settings, sqsSettings } from './clients';
import { deadLetterQueue } from './dead-letter-queue';
import { enqueue } from './delay-queue';
import type { EventTable } from './event-table';
import { readWholeHistory } from './lead-history';
import { readEachEvent } from './read-each-event';
import { discardEvent, redriveEvent, reopenEvent } from './operator-table';
import { type EventFilter, scanEvents } from './scan-events';
import { readRaw } from './read-raw';
import { askForRefresh, endRefresh } from './refreshes';
import { orByDecodedKey } from './or-by-decoded-key';
import type { EventItem } from '../stored/event-item';
import type { LeadId } from '../lead/lead-id';
import type { DeadLetterPorts, DiscardPorts, RedrivePorts } from '../operations/dead-letters';
import { eventOfRaw } from '../operations/event-of-raw';
import type { ReplayPorts } from '../operations/replay';
import { orThrow } from '../operations/or-throw';

export type StackClients = Readonly<{ dynamodb: DynamoDBClient; s3: S3Client; sqs: SQSClient }>;

/** The settings of each SDK client. The simulation gives the doubles of the clients the same settings. */
export const stackClientSettings = { dynamodb: clientSettings, s3: s3Settings, sqs: sqsSettings };

/** SQS does not take the body: it is too long for the queue, or has characters that no message may have. */
const refusesBody = /^(InvalidMessageContents|InvalidParameterValue|MessageTooLong)/;

/**
 * Connects what commands need of a stack to its adapters.
 *
 * @param outputs the outputs of the stack, by name
 * @param by who runs the command, as the history of an event keeps it
 * @param pause waits before what a batch call left undone is asked for again
 */
export const stackPorts = (
  { dynamodb: client, s3, sqs }: StackClients,
  outputs: (name: string) => string,
  now: () => Date,
  by?: string,
  pause: BackOff = backOff,
) => {
  // Events are only changed here, never made: their retention is not ours to say.
  const table: EventTable = {
    client,
    tableName: outputs('TableName'),
    now,
    retentionDays: 0,
    ...(by === undefined ? {} : { by }),
  };
  const read = readEachEvent(client, table.tableName, pause);
  const send = enqueue(sqs, outputs('DelayQueueUrl'), 0);

  const raw = orByDecodedKey(readRaw(s3, outputs('RawBucketName')));

  const deadLetters: Omit<DeadLetterPorts, 'onProgress' | 'isInterrupted'> = {
    queue: deadLetterQueue(sqs, outputs('DeadLetterQueueUrl'), () => now().getTime(), pause),
    eventOf: eventOfRaw(raw),
    readEvents: async (refs) => {
      const events = new Map<string, EventItem | 'unreadable'>();
      for (let start = 0; start < refs.length; start += 100) {
        const keys = refs
          .slice(start, start + 100)
          .map(({ leadId, eventId }) => ({ lead_id: leadId, event_id: eventId }));
        for (const [key, event] of await orThrow(read(keys)))
          events.set(key, E.isRight(event) ? event.right : 'unreadable');
      }
      return events;
    },
  };

  return {
    deadLetters,
    discard: ((event, reason) =>
      orThrow(
        pipe(
          discardEvent(table)(event, reason),
          TE.orElseW((failure) => (failure.kind === 'unreadable' ? TE.right(failure.kind) : TE.left(failure))),
        ),
      )) satisfies DiscardPorts['discard'],
    reopen: ((event) => orThrow(reopenEvent(table)(event))) satisfies ReplayPorts['reopen'],
    // A refresh whose failure could be noted has left no letter.
    giveUpRefresh: ((event) =>
      orThrow(endRefresh(table)(event, { reason: 'worker-lost' }))) satisfies DiscardPorts['giveUpRefresh'],
    askForRefresh: (event: EventItem, isAgain: boolean) => orThrow(askForRefresh(table)(event, isAgain)),
    scan: (filter: EventFilter) => orThrow(scanEvents(table)(filter)),
    history: (leadId: LeadId) => orThrow(readWholeHistory(client, table.tableName)(leadId)),
    sendMessage: ((message) => orThrow(send(message))) satisfies ReplayPorts['send'],
    noteRedrive: ((event) =>
      orThrow(
        pipe(
          redriveEvent(table)(event),
          TE.orElse((failure) => (failure.kind === 'unreadable' ? TE.right(undefined) : TE.left(failure))),
          TE.asUnit,
        ),
      )) satisfies RedrivePorts['noteRedrive'],
    /**
     * As it was, whatever it is: a message that can't be read fails again, and says so. It goes into the retry queue: one that
     * kills its worker takes no other message along.
     */
    sendBody: (async (body) => {
      try {
        await sqs.send(
          new SendMessageCommand({ QueueUrl: outputs('RetryQueueUrl'), MessageBody: body, DelaySeconds: 0 }),
        );
        return 'sent';
      } catch (error) {
        if (error instanceof SQSServiceException && refusesBody.test(error.name)) return 'refused';
        throw error;
      }
    }) satisfies RedrivePorts['send'],
  };
};
