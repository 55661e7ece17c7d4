import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import { clientSettings } from '../../shared/aws/clients';
import { recordEvent } from '../../shared/aws/record-event';
import { recordFailure } from '../../shared/aws/record-failure';
import { saveEnrichedLead, saveLead } from '../../shared/aws/lead-table';
import { storeRaw } from '../../shared/aws/store-raw';
import type { ClaimEvent } from '../../shared/ports/claim-event';
import { eventTime } from '../../shared/lead/event-time';
import type { MailFailure } from '../../shared/ports/mail';
import type { QueueMessage } from '../../shared/stored/queue-message';
import { factsOf } from '../../shared/stored/recorded-facts';
import { names } from './cloud';
import { asDeployed, type Parts, type Variant } from './functions';
import { variantsOfLimits } from './variants-of-limits';

type Command = Readonly<{ input: object }>;

/** A client that changes commands on their way, or errors on their way back. */
const changing = <Client extends DynamoDBClient | S3Client>(
  client: Client,
  change: (command: Command) => void,
  onError: (error: unknown) => void = () => undefined,
): Client =>
  Object.assign(Object.create(client) as Client, {
    send: async (command: Command): Promise<unknown> => {
      change(command);
      try {
        return await (client as unknown as { send: (command: Command) => Promise<unknown> }).send(command);
      } catch (error) {
        onError(error);
        throw error;
      }
    },
  });

/** Makes each condition of an update true. */
const unconditional = ({ input }: Command): void => {
  const update = input as UpdateItemCommand['input'];
  update.ConditionExpression = `attribute_exists(pk) OR attribute_not_exists(pk) OR ${update.ConditionExpression ?? ''}`;
};

/** Lets a failure be recorded also where another worker holds the event; what is finished stays finished. */
const overClaims = ({ input }: Command): void => {
  const update = input as UpdateItemCommand['input'];
  update.ConditionExpression = `${update.ConditionExpression ?? ''} OR #state = :claimed`;
};

const tableOf = ({ clients, now }: Parts, client = clients.dynamodb) => ({
  client,
  tableName: names.table,
  now,
  retentionDays: 400,
});

/** The rule before the simulation found its error: FAILED counts as ingested, but for reason `raw-missing`. */
const failedCountsAsIngested = (error: unknown): void => {
  if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) return;
  const { state, reason } = error.Item;
  if (state?.S === 'CLAIMED' || (state?.S === 'FAILED' && reason?.S !== 'raw-missing')) {
    error.Item = { ...error.Item, state: { S: 'NOTIFIED' }, notified_at: { S: '2026-01-31T12:00:00.000Z' } };
  }
};

/** The rule before the simulation found its error: a failure that is to be tried again takes the count of lost messages away. */
const restartingCount = ({ input }: Command): void => {
  const update = input as UpdateItemCommand['input'];
  if (update.ExpressionAttributeValues?.[':set_state']?.S !== 'RECEIVED') return;
  update.UpdateExpression = update.UpdateExpression?.replace('REMOVE ', 'REMOVE #lost_messages, ');
  update.ExpressionAttributeNames = { ...update.ExpressionAttributeNames, '#lost_messages': 'lost_messages' };
};

/** A claim whose answer says what the raw object says: the event's own record does not decide. */
const notByRecord =
  (claimEvent: ClaimEvent): ClaimEvent =>
  (record, attempt) =>
    pipe(
      claimEvent(record, attempt),
      TE.map((claim) => (claim.kind === 'claimed' ? { ...claim, known: factsOf(record) } : claim)),
    );

/** Protocols that are wrong: what a simulation is worth shows in how soon it finds them out. */
export const variants: readonly Variant[] = [
  {
    name: 'dedup-before-queueing',
    breaks: 'an event that exists is dropped, whatever became of its first attempt',
    within: 200,
    receive: (ports) => ({
      ...ports,
      recordEvent: (candidate) =>
        pipe(
          ports.recordEvent(candidate),
          TE.map((recorded) => (recorded.kind === 'unfinished' ? { ...recorded, kind: 'finished' } : recorded)),
        ),
    }),
  },
  {
    name: 'queue-before-raw',
    breaks: 'the message goes out before the raw object is stored',
    within: 20,
    receive: (ports) => ({
      ...ports,
      storeRaw: (record) =>
        pipe(
          ports.enqueue(record),
          TE.flatMap(() => ports.storeRaw(record)),
        ),
      enqueue: () => TE.right(undefined),
    }),
  },
  {
    name: 'record-overwrites',
    breaks: 'recording an event writes over what stands there',
    within: 50,
    receive: (ports, parts) => ({
      ...ports,
      recordEvent: recordEvent(
        tableOf(
          parts,
          changing(
            parts.clients.dynamodb,
            ({ input }) => delete (input as { ConditionExpression?: string }).ConditionExpression,
          ),
        ),
        parts.settings.delaySeconds,
      ),
    }),
  },
  {
    name: 'duplicates-answered-as-new',
    breaks: 'whoever sends an event again is told that it is new',
    within: 100,
    receive: (ports) => ({
      ...ports,
      recordEvent: (candidate) =>
        pipe(
          ports.recordEvent(candidate),
          TE.map((recorded) => ({ ...recorded, kind: 'new' })),
        ),
    }),
  },
  {
    name: 'new-key-on-retry',
    breaks: 'each attempt of a sender makes a raw object of its own',
    within: 50,
    receive: (ports) => ({
      ...ports,
      recordEvent: (candidate) =>
        pipe(
          ports.recordEvent(candidate),
          TE.map((recorded) => ({ ...recorded, record: { ...recorded.record, s3Key: candidate.s3Key } })),
        ),
    }),
  },
  {
    name: 'raw-overwritten',
    breaks: 'a retry writes over the raw object',
    within: 100,
    receive: (ports, { clients }) => ({
      ...ports,
      storeRaw: storeRaw(
        changing(clients.s3, ({ input }) => delete (input as PutObjectCommand['input']).IfNoneMatch),
        names.raw,
      ),
    }),
  },
  {
    name: 'lead-without-order',
    breaks: 'the last writer of a lead wins, whatever is newest',
    within: 30,
    receive: (ports, parts) => ({
      ...ports,
      saveLead: saveLead(tableOf(parts, changing(parts.clients.dynamodb, unconditional))),
    }),
    enrich: (ports, parts) => ({
      ...ports,
      saveEnrichedLead: saveEnrichedLead(tableOf(parts, changing(parts.clients.dynamodb, unconditional))),
    }),
  },
  {
    name: 'blank-status-indexed',
    breaks: 'a blank status is taken for one, though no index can hold it (this was our error)',
    within: 400,
    receive: (ports) => ({
      ...ports,
      saveLead: (record) => {
        const { status } = record.event.payload;
        const isBlank = typeof status === 'string' && status !== '' && status.trim() === '';
        return ports.saveLead(isBlank ? { ...record, event: { ...record.event, status } } : record);
      },
    }),
  },
  {
    name: 'failed-counts-as-ingested',
    breaks: 'a retry of an event that failed meanwhile is dropped (this was our error)',
    within: 6_000,
    receive: (ports, parts) => ({
      ...ports,
      recordEvent: recordEvent(
        tableOf(
          parts,
          changing(parts.clients.dynamodb, () => undefined, failedCountsAsIngested),
        ),
        parts.settings.delaySeconds,
      ),
    }),
  },
  {
    name: 'no-claim',
    breaks: 'every worker takes the event for its own',
    within: 20,
    enrich: (ports) => ({
      ...ports,
      claimEvent: (record) => TE.right({ kind: 'claimed', leaseUntil: new Date(8.64e15), known: factsOf(record) }),
    }),
  },
  {
    name: 'short-lease',
    breaks: 'the lease may end while its worker still sends',
    within: 100,
    enrich: (ports, { settings }) => ({
      ...ports,
      claimEvent: (record, attempt) =>
        ports.claimEvent(record, { ...attempt, remainingMs: () => 1_000 - settings.leaseSkewSeconds * 1_000 }),
    }),
  },
  {
    name: 'loser-acknowledges',
    breaks: 'who finds the event held acknowledges its message',
    within: 50,
    enrich: (ports) => ({
      ...ports,
      claimEvent: (record, attempt) =>
        pipe(
          ports.claimEvent(record, attempt),
          TE.map((claim) => (claim.kind === 'held-by-another' ? { kind: 'already-notified' } : claim)),
        ),
    }),
  },
  {
    name: 'notified-mailed-again',
    breaks: 'who finds the event NOTIFIED mails it again',
    within: 30,
    enrich: (ports) => ({
      ...ports,
      claimEvent: (record, attempt) =>
        pipe(
          ports.claimEvent(record, attempt),
          TE.map((claim) =>
            claim.kind === 'already-notified'
              ? { kind: 'claimed', leaseUntil: new Date(8.64e15), known: factsOf(record) }
              : claim,
          ),
        ),
    }),
  },
  {
    name: 'mark-before-send',
    breaks: 'the event is NOTIFIED before its mail is out',
    within: 20,
    enrich: (ports) => ({
      ...ports,
      sendMail: (enriched, timeoutMs) =>
        pipe(
          ports.markNotified({ leadId: enriched.record.event.lead_id, eventId: enriched.record.eventId }),
          TE.mapLeft((): MailFailure => ({ kind: 'refused', detail: '' })),
          TE.flatMap(() => ports.sendMail(enriched, timeoutMs)),
        ),
      markNotified: () => TE.right(undefined),
    }),
  },
  {
    name: 'ses-retried-by-sdk',
    breaks: 'the SDK sends the mail again when SES does not answer',
    within: 1_000,
    ses: clientSettings,
  },
  {
    name: 'released-after-unconfirmed-mail',
    breaks: 'a claim is released though its mail may still go out',
    within: 800,
    enrich: (ports) => ({
      ...ports,
      recordFailure: (event, attempt, failed, record) =>
        ports.recordFailure(event, attempt, failed.next === 'hold' ? { ...failed, next: 'retry' } : failed, record),
    }),
  },
  {
    name: 'server-error-is-refusal',
    breaks: 'a 5xx of SES counts as a refusal, though the mail may be out',
    within: 800,
    enrich: (ports) => ({
      ...ports,
      sendMail: (enriched, timeoutMs) =>
        pipe(
          ports.sendMail(enriched, timeoutMs),
          TE.mapLeft((failure) => (failure.detail === 'InternalFailure' ? { ...failure, kind: 'refused' } : failure)),
        ),
    }),
  },
  {
    name: 'failure-over-live-claim',
    breaks: 'a failure is recorded over the claim of another worker',
    within: 300,
    enrich: (ports, parts) => ({
      ...ports,
      recordFailure: recordFailure(tableOf(parts, changing(parts.clients.dynamodb, overClaims))),
    }),
  },
  {
    name: 'clock-in-enriched',
    breaks: 'the enriched object says when it was made',
    within: 20,
    enrich: (ports, { now }) => ({
      ...ports,
      storeEnriched: ({ record, owner }) =>
        ports.storeEnriched({ record, owner: { ...owner, enriched_at: now().toISOString() } }),
    }),
  },
  {
    name: 'give-up-without-dead-letter',
    breaks: 'on its last receive a message is acknowledged instead of dead-lettered',
    within: 20,
    respond: ({ batchItemFailures }, { Records }, { maxReceives }) => ({
      batchItemFailures: batchItemFailures.filter(({ itemIdentifier }) => {
        const record = Records.find(({ messageId }) => messageId === itemIdentifier);
        return Number(record?.attributes.ApproximateReceiveCount) < maxReceives;
      }),
    }),
  },
  {
    name: 'failures-swallowed',
    breaks: 'the batch is reported as done',
    within: 20,
    respond: () => ({ batchItemFailures: [] }),
  },
  {
    name: 'error-fails-the-batch',
    breaks: 'an error of our own at one lead ends the whole batch (this was our error)',
    within: 600,
    answer:
      ({ enrich, delayQueueUrl: queueUrl }) =>
      async ({ Records }, remainingMs) => {
        const outcomes = await Promise.all(
          Records.map(({ body, receiptHandle, attributes }) => {
            const receiveCount = Number(attributes.ApproximateReceiveCount);
            const attempt = { claimId: randomUUID(), remainingMs, receiveCount, queueUrl, receiptHandle };
            return enrich({ message: JSON.parse(body) as QueueMessage, attempt })();
          }),
        );
        const failed = Records.filter((_, index) => outcomes[index]?._tag === 'Left');
        return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      },
  },
  {
    name: 'refresh-fails-its-event',
    breaks: 'a refresh that fails is recorded as a failure of its event (this was our error)',
    within: 1_500,
    around: (enrich, ports) => (delivery) =>
      pipe(
        enrich(delivery),
        TE.tap((outcome) =>
          outcome.kind === 'refresh-failed'
            ? TE.fromTask(ports.recordFailure(outcome.event, delivery.attempt, { ...outcome, next: 'give-up' }))
            : TE.right(undefined),
        ),
      ),
  },
  {
    name: 'time-from-payload',
    breaks: 'an event is ordered by the raw payload, which a retry may have changed (this was our error)',
    within: 3_000,
    enrich: (ports) => ({
      ...ports,
      readRaw: (key) =>
        pipe(
          ports.readRaw(key),
          TE.map((record) => ({ ...record, eventTime: eventTime(record.event, new Date(record.receivedAt)) })),
        ),
      claimEvent: notByRecord(ports.claimEvent),
    }),
  },
  {
    name: 'one-lead-for-all-sources',
    breaks: 'an event changes the lead of that id, whatever source it belongs to (this was our error)',
    within: 100,
    receive: (ports) => ({
      ...ports,
      saveLead: (record) => ports.saveLead({ ...record, namespace: 'ingest' }),
    }),
    enrich: (ports) => ({
      ...ports,
      saveEnrichedLead: ({ record, owner }) =>
        ports.saveEnrichedLead({ record: { ...record, namespace: 'ingest' }, owner }),
    }),
  },
  {
    name: 'namespace-from-source',
    breaks: 'enrichment takes the source for the namespace, whatever the event was recorded with',
    within: 200,
    enrich: (ports) => ({
      ...ports,
      readRaw: (key) =>
        pipe(
          ports.readRaw(key),
          TE.map((record) => ({ ...record, namespace: record.event.source })),
        ),
      claimEvent: notByRecord(ports.claimEvent),
    }),
  },
  {
    name: 'reconciler-without-age-limit',
    breaks: 'what is pending is queued again, however young',
    within: 100,
    reconcile: (ports) => ({ ...ports, patienceMs: 0 }),
  },
  {
    name: 'reconciler-never-gives-up',
    breaks: 'an event that kills its workers is queued again for ever (this was our error)',
    within: 400,
    reconcile: (ports) => ({ ...ports, maxLostMessages: Infinity }),
  },
  {
    name: 'failure-restarts-count',
    breaks: 'a failure that is to be tried again starts the count of lost messages again (this was our error)',
    within: 3_000,
    enrich: (ports, parts) => ({
      ...ports,
      recordFailure: recordFailure(tableOf(parts, changing(parts.clients.dynamodb, restartingCount))),
    }),
  },
  {
    name: 'finished-stays-pending',
    breaks: 'finished events stay in the index that the reconciler reads',
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
  ...variantsOfLimits,
];

/** @throws an Error that lists the variants, if there is none of that name */
export const variantNamed = (name: string): Variant => {
  const found = [asDeployed, ...variants].find((variant) => variant.name === name);
  if (found === undefined) {
    throw new Error(
      `There is no variant ${name}. There are: ${[asDeployed, ...variants].map((one) => one.name).join(', ')}`,
    );
  }
  return found;
};
