import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { clientSettings, dynamodbSettings, s3Settings, sqsSettings } from '../shared/aws/clients';
import { enqueue } from '../shared/aws/delay-queue';
import { noteQueuedAgain, queueAgain } from '../shared/aws/queue-again';
import { recordEvent } from '../shared/aws/record-event';
import { saveLead } from '../shared/aws/lead-table';
import { quarantine } from '../shared/aws/quarantine';
import { storeRaw } from '../shared/aws/store-raw';
import { noteActivity } from '../shared/aws/source-activity';
import { readSources } from '../shared/aws/source-secrets';
import { count, text } from '../shared/lambda/configuration';
import { withErrorAnswer } from '../shared/lambda/http-handler';
import { messageFor } from '../shared/stored/queue-message';
import { sourceIdIn, toRequest } from './http/request';
import { answerChallenge } from './answer-challenge';
import { activityNotes } from './note-activity';
import { logOutcome, logUnconfirmed, logUnnoted } from './observe';
import { receiveLead, type ReceivePorts } from './receive-lead';
import { challengeResponse, toProblem, toResponse } from './http/response';

/** The environment of the function (template.yaml). */
export const ingestionSettings = t.type({
  TABLE_NAME: text,
  RAW_BUCKET: text,
  DELAY_QUEUE_URL: text,
  SOURCES_SECRET_NAME: text,
  INGEST_AUTH: t.keyof({ SECRET: null, OPEN: null }, 'SECRET or OPEN'),
  PUBLIC_BASE_URL: t.string,
  QUARANTINE_RETENTION_DAYS: count,
  ENRICHMENT_DELAY_SECONDS: count,
  EVENT_RETENTION_DAYS: count,
});

export type IngestionSettings = t.TypeOf<typeof ingestionSettings>;

type IngestionClients = Readonly<{
  dynamodb: DynamoDBClient;
  s3: S3Client;
  secrets: SecretsManagerClient;
  sqs: SQSClient;
}>;

/** The settings of each SDK client. The simulated clients have the same settings. */
export const ingestionClientSettings = {
  dynamodb: dynamodbSettings,
  s3: s3Settings,
  secrets: clientSettings,
  sqs: sqsSettings,
};

/** Connects the ports of the use case to their adapters. */
export const ingestionPorts = (
  { dynamodb, s3, secrets, sqs }: IngestionClients,
  settings: IngestionSettings,
  now: () => Date,
): ReceivePorts => {
  const table = {
    client: dynamodb,
    tableName: settings.TABLE_NAME,
    now,
    retentionDays: settings.EVENT_RETENTION_DAYS,
  };
  const send = enqueue(sqs, settings.DELAY_QUEUE_URL);
  return {
    recordEvent: recordEvent(table, settings.ENRICHMENT_DELAY_SECONDS),
    storeRaw: storeRaw(s3, settings.RAW_BUCKET),
    saveLead: saveLead(table),
    enqueue: (record) => send(messageFor(record)),
    queueAgain: queueAgain(table),
    noteQueuedAgain: (record) =>
      pipe(
        noteQueuedAgain(table)(record),
        TE.orElseFirstIOK((failure) => () => logUnconfirmed(record, failure)),
      ),
    quarantine: quarantine(s3, settings.RAW_BUCKET, table, settings.QUARANTINE_RETENTION_DAYS),
    noteActivity: noteActivity(table),
    readSources: readSources(secrets, settings.SOURCES_SECRET_NAME, now),
    now,
    ingestAuth: settings.INGEST_AUTH,
  };
};

/**
 * The handler of the function: reads a request, ingests its leads, logs the outcome and answers. A GET request is the
 * check of a provider whether the URL of its webhook is right.
 */
export const answerRequest = (
  ports: ReceivePorts,
  { ENRICHMENT_DELAY_SECONDS, PUBLIC_BASE_URL }: IngestionSettings,
): ((event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>) => {
  const read = toRequest(PUBLIC_BASE_URL);
  const receive = receiveLead(ports);
  const noteActivityOf = activityNotes(ports.noteActivity, logUnnoted);
  const challenge = answerChallenge(ports.readSources);
  return withErrorAnswer(async (event) => {
    if (event.httpMethod === 'GET') {
      const answered = await challenge(sourceIdIn(event.pathParameters) ?? '', event.queryStringParameters ?? {})();
      return pipe(answered, E.match(toProblem, challengeResponse));
    }
    const outcome = await pipe(TE.fromEither(read(event)), TE.flatMap(receive))();
    const now = ports.now();
    logOutcome(event.requestContext.requestId, outcome, ENRICHMENT_DELAY_SECONDS, now);
    // Before the answer, because Lambda may freeze the container after it.
    await noteActivityOf(outcome, now)();
    return pipe(outcome, E.match(toProblem, toResponse));
  });
};
