import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SESClient } from '@aws-sdk/client-ses';
import type { SQSClient } from '@aws-sdk/client-sqs';
import * as t from 'io-ts';
import { dynamodbSettings, s3Settings, sqsSettings } from '../shared/aws/clients';
import { moveMessage, postpone, resend } from '../shared/aws/delay-queue';
import { storeEnriched } from '../shared/aws/enriched-objects';
import { claimEvent } from '../shared/aws/claim-event';
import { markNotified } from '../shared/aws/mark-notified';
import { recordFailure } from '../shared/aws/record-failure';
import { noteRetry } from '../shared/aws/note-retry';
import { findRecords } from '../shared/aws/find-records';
import { saveEnrichedLead } from '../shared/aws/lead-table';
import { mailerSettings, sendMail } from '../shared/aws/mailer';
import { readOwner } from '../shared/aws/owner-files';
import { readRaw } from '../shared/aws/read-raw';
import { endRefresh } from '../shared/aws/refreshes';
import { orByDecodedKey } from '../shared/aws/or-by-decoded-key';
import { count, text } from '../shared/lambda/configuration';
import type { EnrichPorts } from './enrich-lead';
import { mailAbout } from './mail';
import type { BatchPorts } from './sqs/answer-batch';

/** The environment of the function (template.yaml). */
export const enrichmentSettings = t.type({
  TABLE_NAME: text,
  RAW_BUCKET: text,
  LOOKUP_BUCKET: text,
  ENRICHED_BUCKET: text,
  DELAY_QUEUE_URL: text,
  RETRY_QUEUE_URL: text,
  RETRY_QUEUE_ARN: text,
  SES_FROM_ADDRESS: text,
  SES_TO_ADDRESS: text,
  MAX_RECEIVES: count,
  LEASE_SKEW_SECONDS: count,
  UNCONFIRMED_PAUSE_SECONDS: count,
  EVENT_RETENTION_DAYS: count,
});

export type EnrichmentSettings = t.TypeOf<typeof enrichmentSettings>;

type EnrichmentClients = Readonly<{
  dynamodb: DynamoDBClient;
  s3: S3Client;
  ses: SESClient;
  sqs: SQSClient;
}>;

/** The settings of each SDK client. The simulated clients have the same settings. */
export const enrichmentClientSettings = {
  // More attempts than for other calls: a lead is mailed again if the mark after its mail is not stored.
  dynamodb: { ...dynamodbSettings, maxAttempts: 5 },
  s3: s3Settings,
  ses: mailerSettings,
  sqs: sqsSettings,
};

/** Connects the ports of the use case to their adapters. */
export const enrichmentPorts = (
  { dynamodb, s3, ses, sqs }: EnrichmentClients,
  settings: EnrichmentSettings,
  now: () => Date,
): EnrichPorts => {
  const table = {
    client: dynamodb,
    tableName: settings.TABLE_NAME,
    now,
    retentionDays: settings.EVENT_RETENTION_DAYS,
  };
  const send = sendMail(ses, settings.SES_FROM_ADDRESS, settings.SES_TO_ADDRESS);
  return {
    readRaw: orByDecodedKey(readRaw(s3, settings.RAW_BUCKET)),
    findRecords: findRecords(table),
    readOwner: readOwner(s3, settings.LOOKUP_BUCKET),
    noteRetry: noteRetry(table),
    claimEvent: claimEvent(table, settings.LEASE_SKEW_SECONDS * 1000),
    storeEnriched: storeEnriched(s3, settings.ENRICHED_BUCKET),
    saveEnrichedLead: saveEnrichedLead(table),
    sendMail: (enriched, timeoutMs) => send(mailAbout(enriched), timeoutMs),
    markNotified: markNotified(table),
    recordFailure: recordFailure(table),
    endRefresh: endRefresh(table),
    postpone: postpone(sqs, now),
    resend: resend(sqs, settings.RETRY_QUEUE_URL, now),
    maxReceives: settings.MAX_RECEIVES,
    unconfirmedPauseMs: settings.UNCONFIRMED_PAUSE_SECONDS * 1000,
  };
};

/** Connects the ports of a batch to the work on one message, and to the queues. */
export const batchPorts = (
  { sqs }: Pick<EnrichmentClients, 'sqs'>,
  settings: EnrichmentSettings,
  enrich: BatchPorts['enrich'],
): BatchPorts => ({
  enrich,
  setAside: moveMessage(sqs, settings.DELAY_QUEUE_URL, settings.RETRY_QUEUE_URL),
  delayQueueUrl: settings.DELAY_QUEUE_URL,
  retryQueueUrl: settings.RETRY_QUEUE_URL,
  retryQueueArn: settings.RETRY_QUEUE_ARN,
  maxReceives: settings.MAX_RECEIVES,
});
