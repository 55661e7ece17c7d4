import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { flow } from 'fp-ts/function';
import * as t from 'io-ts';
import { clientSettings, s3Settings, sqsSettings } from '../shared/aws/clients';
import { postpone } from '../shared/aws/delay-queue';
import { storeEnriched } from '../shared/aws/enriched-objects';
import { claimEvent, markNotified, recordFailure } from '../shared/aws/event-table';
import { saveEnrichedLead } from '../shared/aws/lead-table';
import { mailerSettings, sendMail } from '../shared/aws/mailer';
import { readOwner } from '../shared/aws/owner-files';
import { readRaw } from '../shared/aws/raw-objects';
import { configuration, count, text } from '../shared/configuration';
import { publishingMetrics } from '../shared/observability/metrics';
import { enrichLead } from './enrich-lead';
import { mailAbout } from './mail';
import { answerBatch } from './sqs';

const settings = configuration(
  t.type({
    TABLE_NAME: text,
    RAW_BUCKET: text,
    LOOKUP_BUCKET: text,
    ENRICHED_BUCKET: text,
    DELAY_QUEUE_URL: text,
    SES_FROM_ADDRESS: text,
    SES_TO_ADDRESS: text,
    MAX_RECEIVES: count,
    LEASE_SKEW_SECONDS: count,
    EVENT_RETENTION_DAYS: count,
  }),
);

// The mark after the mail is worth more tries than other calls: where it does not land, the lead is mailed again.
const dynamodb = new DynamoDBClient({ ...clientSettings, maxAttempts: 5 });
const s3 = new S3Client(s3Settings);
const ses = new SESClient(mailerSettings);
const table = {
  client: dynamodb,
  tableName: settings.TABLE_NAME,
  now: () => new Date(),
  retentionDays: settings.EVENT_RETENTION_DAYS,
};

const enrich = enrichLead({
  readRaw: readRaw(s3, settings.RAW_BUCKET),
  readOwner: readOwner(s3, settings.LOOKUP_BUCKET),
  claimEvent: claimEvent(table, settings.LEASE_SKEW_SECONDS * 1000),
  storeEnriched: storeEnriched(s3, settings.ENRICHED_BUCKET),
  saveEnrichedLead: saveEnrichedLead(table),
  sendMail: flow(mailAbout, sendMail(ses, settings.SES_FROM_ADDRESS, settings.SES_TO_ADDRESS)),
  markNotified: markNotified(table),
  recordFailure: recordFailure(table),
  postpone: postpone(new SQSClient(sqsSettings), settings.DELAY_QUEUE_URL, table.now),
  maxReceives: settings.MAX_RECEIVES,
});

export const handler = publishingMetrics((event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  answerBatch(enrich, settings.MAX_RECEIVES)(event, () => context.getRemainingTimeInMillis()),
);
