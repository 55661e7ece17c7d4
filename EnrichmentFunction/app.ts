import '../shared/lambda/json-lines';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { configuration } from '../shared/lambda/configuration';
import { withMetrics } from '../shared/lambda/metrics';
import { batchPorts, enrichmentClientSettings, enrichmentPorts, enrichmentSettings } from './compose';
import { enrichLead } from './enrich-lead';
import { answerBatch } from './sqs/answer-batch';

const settings = configuration(enrichmentSettings);

const clients = {
  dynamodb: new DynamoDBClient(enrichmentClientSettings.dynamodb),
  s3: new S3Client(enrichmentClientSettings.s3),
  ses: new SESClient(enrichmentClientSettings.ses),
  sqs: new SQSClient(enrichmentClientSettings.sqs),
};

const enrich = enrichLead(enrichmentPorts(clients, settings, () => new Date()));
const answer = answerBatch(batchPorts(clients, settings, enrich));

export const handler = withMetrics((event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  answer(event, () => context.getRemainingTimeInMillis()),
);
