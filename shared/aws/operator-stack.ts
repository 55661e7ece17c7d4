import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, type SQSClient, SQSServiceException } from '@aws-sdk/client-sqs';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import type { IngestPorts } from '../ingestion/ingest-lead';
import type { LeadId } from '../lead/lead-id';
import type { DiscardPorts } from '../operations/discard-dead-letters';
import { eventOfRaw } from '../operations/event-of-raw';
import { orThrow } from '../operations/or-throw';
import type { OverviewPorts } from '../operations/overview/overview-ports';
import type { DeadLetterPorts } from '../operations/process-dead-letters';
import type { RevalidatePorts } from '../operations/quarantine/revalidate-quarantined';
import type { RedrivePorts } from '../operations/redrive-dead-letters';
import type { ReplayPorts } from '../operations/replay-events';
import type { StoreFailure } from '../ports/store-failure';
import type { EventItem } from '../stored/event-item';
import { quarantinePrefix } from '../stored/quarantine-key';
import { messageFor } from '../stored/queue-message';
import { type BackOff, backOff } from './back-off';
import { clientSettings, dynamodbSettings, s3Settings, sqsSettings } from './clients';
import { deadLetterQueue } from './dead-letter-queue';
import { enqueue } from './delay-queue';
import type { EventTable } from './event-table';
import { readWholeHistory } from './lead-history';
import { saveLead } from './lead-table';
import { readEachEvent } from './read-each-event';
import { discardEvent, redriveEvent, reopenEvent } from './operator-table';
import { type EventFilter, scanEvents, scanPages } from './scan-events';
import { orByDecodedKey } from './or-by-decoded-key';
import { ownerStore } from './owner-store';
import { overviewPorts } from './overview/overview-ports';
import { quarantineSourcesIn, quarantineStore } from './quarantine-store';
import { noteQueuedAgain, queueAgain } from './queue-again';
import { readRaw } from './read-raw';
import { recordEvent } from './record-event';
import { leadReading } from './lead-reading';
import { keysUnder, rebuildPorts } from './rebuild';
import { rebuildRequest } from './rebuild-quarantine';
import { remapPorts } from './remap';
import { askForRefresh, endRefresh } from './refreshes';
import { revalidate } from './revalidate';
import { storeRaw } from './store-raw';

type StackClients = Readonly<{
  dynamodb: DynamoDBClient;
  s3: S3Client;
  secrets: SecretsManagerClient;
  sqs: SQSClient;
}>;

/** The settings of each SDK client. The simulation gives the same settings to its fake clients. */
export const stackClientSettings = {
  dynamodb: dynamodbSettings,
  s3: s3Settings,
  secrets: clientSettings,
  sqs: sqsSettings,
};

/**
 * The ports of operator commands, connected to the stores of a stack.
 *
 * @param outputs gives an output of the stack by its name
 * @param by who runs the command, as the history of an event records it
 * @param pause waits before the failed part of a batch is sent again
 */
export const stackPorts = (
  clients: StackClients,
  outputs: (name: string) => string,
  now: () => Date,
  by?: string,
  pause: BackOff = backOff,
) => {
  const table: EventTable = {
    client: clients.dynamodb,
    tableName: outputs('TableName'),
    now,
    // It is used for new events only. Only `revalidate` creates some, with a table of its own.
    retentionDays: 0,
    ...(by === undefined ? {} : { by }),
  };
  return {
    deadLetters: deadLetterPorts(clients, table, outputs, pause),
    quarantine: quarantineStore(clients.s3, outputs('RawBucketName'), table),
    revalidate: ingestAgain(clients, table, outputs),
    /**
     * Made when the command needs it: a stack of an earlier version has not all of the outputs.
     *
     * @param tableName the table to write to, if the stack has not adopted it yet
     */
    rebuild: (tableName = table.tableName) =>
      rebuildPorts({
        isUnused: tableName !== table.tableName,
        dynamodb: clients.dynamodb,
        s3: clients.s3,
        rawBucket: outputs('RawBucketName'),
        enrichedBucket: outputs('EnrichedBucketName'),
        table: { ...table, tableName, retentionDays: Number(outputs('EventRetentionDays')) },
        pause,
      }),
    rebuildQuarantine: (isDryRun: boolean, tableName = table.tableName) => {
      const bucket = outputs('RawBucketName');
      const into = { ...table, tableName };
      const days = Number(outputs('QuarantineRetentionDays'));
      return {
        listQuarantine: () => keysUnder(clients.s3, bucket, quarantinePrefix),
        rebuildRequest: rebuildRequest(clients.s3, bucket, into, days, isDryRun),
      };
    },
    rebuildSettings: () => ({
      now: now().toISOString(),
      enrichedDays: Number(outputs('EnrichedRetentionDays')),
      eventDays: Number(outputs('EventRetentionDays')),
    }),
    /** @param readSenders reads the rejections where the cloud of the stack has them */
    overview: (readSenders: OverviewPorts['readSenders']) =>
      overviewPorts({
        table,
        sqs: clients.sqs,
        queueUrls: {
          delay: outputs('DelayQueueUrl'),
          retry: outputs('RetryQueueUrl'),
          dead: outputs('DeadLetterQueueUrl'),
        },
        quarantineSources: quarantineSourcesIn(clients.s3, outputs('RawBucketName')),
        readSenders,
        pause,
      }),
    remap: remapPorts({
      s3: clients.s3,
      rawBucket: outputs('RawBucketName'),
      secrets: clients.secrets,
      secretName: outputs('SourcesSecretName'),
      table,
    }),
    owners: ownerStore(clients.s3, outputs('LookupBucketName')),
    ...eventPorts(table),
    ...leadReading(clients, outputs),
    ...sendPorts(clients.sqs, outputs),
  };
};

const deadLetterPorts = (
  { s3, sqs }: StackClients,
  { client, tableName, now }: EventTable,
  outputs: (name: string) => string,
  pause: BackOff,
): Omit<DeadLetterPorts, 'onProgress' | 'isInterrupted'> => {
  const readEach = readEachEvent(client, tableName, pause);
  return {
    queue: deadLetterQueue(sqs, outputs('DeadLetterQueueUrl'), () => now().getTime(), pause),
    eventOfRaw: eventOfRaw(orByDecodedKey(readRaw(s3, outputs('RawBucketName')))),
    readEvents: async (refs) => {
      const keys = refs.map(({ leadId, eventId }) => ({ lead_id: leadId, event_id: eventId }));
      const events = new Map<string, EventItem | 'unreadable'>();
      // BatchGetItem takes at most 100 keys.
      for (const batch of RA.chunksOf(100)(keys))
        for (const [key, event] of await orThrow(readEach(batch)))
          events.set(key, E.isRight(event) ? event.right : 'unreadable');
      return events;
    },
  };
};

/** The ports of IngestionFunction, made at the first use: a stack of an earlier version has not all of the outputs. */
const ingestAgain = (
  { s3, secrets, sqs }: StackClients,
  table: EventTable,
  outputs: (name: string) => string,
): RevalidatePorts['ingest'] => {
  const make = (): RevalidatePorts['ingest'] => {
    const within = { ...table, retentionDays: Number(outputs('EventRetentionDays')) };
    const send = enqueue(sqs, outputs('DelayQueueUrl'));
    const ports: IngestPorts = {
      recordEvent: recordEvent(within, Number(outputs('EnrichmentDelaySeconds'))),
      storeRaw: storeRaw(s3, outputs('RawBucketName')),
      saveLead: saveLead(within),
      enqueue: (record) => send(messageFor(record)),
      queueAgain: queueAgain(within),
      noteQueuedAgain: noteQueuedAgain(within),
    };
    return revalidate(ports, secrets, outputs('SourcesSecretName'), table.now);
  };
  let made: RevalidatePorts['ingest'] | undefined;
  return (item, request) => (made ??= make())(item, request);
};

const eventPorts = (table: EventTable) => ({
  discard: ((event, reason) =>
    orThrow(orUnreadable(discardEvent(table)(event, reason)))) satisfies DiscardPorts['discard'],
  // An event whose record cannot be decoded is redriven without the note: its message needs no record.
  noteRedrive: ((event) =>
    orThrow(TE.asUnit(orUnreadable(redriveEvent(table)(event))))) satisfies RedrivePorts['noteRedrive'],
  reopen: ((event) => orThrow(reopenEvent(table)(event))) satisfies ReplayPorts['reopen'],
  // A refresh leaves a dead letter only if each of its workers died before it could record a failure.
  giveUpRefresh: ((event) =>
    orThrow(endRefresh(table)(event, { reason: 'worker-lost' }))) satisfies DiscardPorts['giveUpRefresh'],
  /** Records a request for a refresh. `isAgain` overrides an earlier one that has not ended. */
  askForRefresh: (event: EventItem, isAgain: boolean) => orThrow(askForRefresh(table)(event, isAgain)),
  scan: scanEvents(table),
  scanPages: (filter: EventFilter) => scanPages(table, filter),
  history: (leadId: LeadId) => orThrow(readWholeHistory(table.client, table.tableName)(leadId)),
});

/** Makes a record that cannot be decoded a result. */
const orUnreadable = <A>(task: TE.TaskEither<StoreFailure, A>): TE.TaskEither<StoreFailure, A | 'unreadable'> =>
  pipe(
    task,
    TE.orElseW((failure) => (failure.kind === 'unreadable' ? TE.right(failure.kind) : TE.left(failure))),
  );

/** SQS refuses the body because it is too long for the queue, or has characters that no message may have. */
const bodyRefused = /^(InvalidMessageContents|InvalidParameterValue|MessageTooLong)/;

const sendPorts = (sqs: SQSClient, outputs: (name: string) => string) => {
  const send = enqueue(sqs, outputs('DelayQueueUrl'), 0);
  return {
    sendMessage: ((message) => orThrow(send(message))) satisfies ReplayPorts['send'],
    /**
     * Sends the body of a dead letter unchanged. It goes to RetryQueue, which hands out one message at a time, so that
     * a message that kills its worker cannot fail other messages.
     */
    sendBody: (async (body) => {
      const QueueUrl = outputs('RetryQueueUrl');
      try {
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, DelaySeconds: 0 }));
        return 'sent';
      } catch (error) {
        if (error instanceof SQSServiceException && bodyRefused.test(error.name)) return 'refused';
        throw error;
      }
    }) satisfies RedrivePorts['send'],
  };
};
