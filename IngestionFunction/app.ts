import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { clientSettings, s3Settings, sqsSettings } from '../shared/aws/clients';
import { enqueue } from '../shared/aws/delay-queue';
import { recordEvent } from '../shared/aws/event-table';
import { saveLead } from '../shared/aws/lead-table';
import { storeRaw } from '../shared/aws/raw-objects';
import { readSources } from '../shared/aws/source-secrets';
import { configuration, count, text } from '../shared/configuration';
import { answeringErrors } from '../shared/http-handler';
import { messageFor } from '../shared/lead/queue-message';
import { publishingMetrics } from '../shared/observability/metrics';
import { toRequest } from './http';
import { observe } from './observe';
import { receiveLead } from './receive-lead';
import { toProblem, toResponse } from './response';

const settings = configuration(
  t.type({
    TABLE_NAME: text,
    RAW_BUCKET: text,
    DELAY_QUEUE_URL: text,
    SOURCES_SECRET_ARN: text,
    INGEST_AUTH: t.keyof({ SECRET: null, OPEN: null }, 'SECRET or OPEN'),
    ENRICHMENT_DELAY_SECONDS: count,
    EVENT_RETENTION_DAYS: count,
  }),
);

const now = () => new Date();
const dynamodb = new DynamoDBClient(clientSettings);
const table = { client: dynamodb, tableName: settings.TABLE_NAME, now, retentionDays: settings.EVENT_RETENTION_DAYS };
const send = enqueue(new SQSClient(sqsSettings), settings.DELAY_QUEUE_URL);

const receive = receiveLead({
  recordEvent: recordEvent(table, settings.ENRICHMENT_DELAY_SECONDS),
  storeRaw: storeRaw(new S3Client(s3Settings), settings.RAW_BUCKET),
  saveLead: saveLead(table),
  enqueue: (record) => send(messageFor(record)),
  readSources: readSources(new SecretsManagerClient(clientSettings), settings.SOURCES_SECRET_ARN, now),
  now,
  ingestAuth: settings.INGEST_AUTH,
});

export const handler = publishingMetrics(
  answeringErrors(async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const outcome = await pipe(TE.fromEither(toRequest(event)), TE.flatMap(receive))();
    observe(event.requestContext.requestId, outcome, settings.ENRICHMENT_DELAY_SECONDS);
    return pipe(outcome, E.match(toProblem, toResponse));
  }),
);
