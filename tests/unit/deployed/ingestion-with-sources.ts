import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { auth } from '../../../shared/sources/auth';
import type { SentRequest } from '../../../shared/sources/sent-request';
import { signRequest } from '../../../shared/sources/signing/sign-request';
import { type Call, fakeAws, linesOf, type Reply, setEnvironmentOf, taken } from '../../support/fake-aws';
import { fakeSecret } from '../../support/fake-secret';
import { eventOf, requestTo } from '../IngestionFunction/webhook-request';

type Entries = Readonly<Record<string, unknown>>;

const start = Date.parse('2026-01-31T12:00:00Z');

/**
 * IngestionFunction with its real clients, adapters, log and metrics, over a fake AWS whose sources secret has versions.
 * The clock is that of the test. A file that uses it must not import the functions itself, because they read the
 * environment at their import.
 */
export const ingestionWithSources = async (sources: Entries | string) => {
  let time = start;
  let reply: (call: Call) => Reply | undefined = () => undefined;
  const textOf = (value: Entries | string): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const secret = fakeSecret(textOf(sources));
  let versions = 1;
  const usual = (call: Call): Reply => {
    if (call.operation === 'GetSecretValue') return secret.reply(call);
    return call.operation === 'SendMessage' ? taken(call) : { body: {} };
  };
  const aws = await fakeAws((call) => reply(call) ?? usual(call));
  setEnvironmentOf('IngestionFunction', aws.endpoint);
  const { answerRequest, ingestionClientSettings, ingestionPorts, ingestionSettings } =
    await import('../../../IngestionFunction/compose');
  const { configuration } = await import('../../../shared/lambda/configuration');
  const { withMetrics } = await import('../../../shared/lambda/metrics');
  const settings = configuration(ingestionSettings);
  const clients = {
    dynamodb: new DynamoDBClient({ ...ingestionClientSettings.dynamodb, ...aws.client }),
    s3: new S3Client({ ...ingestionClientSettings.s3, ...aws.client, forcePathStyle: true }),
    secrets: new SecretsManagerClient({ ...ingestionClientSettings.secrets, ...aws.client }),
    sqs: new SQSClient({ ...ingestionClientSettings.sqs, ...aws.client }),
  };
  const ports = ingestionPorts(clients, settings, () => new Date(time));
  const handler = withMetrics(answerRequest(ports, settings)) as (
    event: APIGatewayProxyEvent,
    context: object,
  ) => Promise<APIGatewayProxyResult>;

  const send = async (sourceId: string, request: SentRequest) => {
    let result: APIGatewayProxyResult = { statusCode: 0, body: '' };
    const before = aws.calls.length;
    const lines = await linesOf(async () => (result = await handler(eventOf(sourceId, request), {})));
    return {
      status: result.statusCode,
      text: result.body,
      body: (result.body.startsWith('{') ? JSON.parse(result.body) : {}) as Entries,
      /** The log lines, without those that carry metrics. */
      logged: lines.filter(({ message }) => message !== undefined),
      /** The metrics and how often each was counted. */
      counted: countedIn(lines),
      calls: aws.calls.slice(before),
    };
  };

  return {
    send,
    /** Posts a body that is signed by these settings of a source. */
    sendSigned: (sourceId: string, by: Entries, body: unknown) =>
      send(sourceId, signRequest(authOf(by), requestTo(sourceId, body), new Date(time))),
    /** Stores a new version of the sources, as `aws secretsmanager put-secret-value` does. */
    put: (value: Entries | string) => secret.put(`v${(versions += 1)}`, textOf(value), ['AWSCURRENT']),
    replying: (replies: typeof reply) => (reply = replies),
    pass: (ms: number) => (time += ms),
    close: aws.close,
  };
};

const authOf = (settings: Entries) => {
  const decoded = auth.decode(settings);
  if (decoded._tag === 'Left') throw new Error('The settings are invalid.');
  return decoded.right;
};

/** Metrics are lines of JSON in the embedded metric format. Those of a service are in its first set of dimensions. */
const countedIn = (lines: readonly Entries[]): Entries => {
  const counted: Record<string, number> = {};
  for (const line of lines) {
    const { CloudWatchMetrics = [] } = (line._aws ?? {}) as {
      CloudWatchMetrics?: readonly { Metrics: readonly { Name: string; Unit: string }[] }[];
    };
    for (const { Name, Unit } of CloudWatchMetrics[0]?.Metrics ?? [])
      if (Unit === 'Count' && Name !== 'ColdStart') counted[Name] = (counted[Name] ?? 0) + Number(line[Name]);
  }
  return counted;
};
