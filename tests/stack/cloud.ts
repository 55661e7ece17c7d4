import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { AwsClient } from 'aws4fetch';
import { localApiUrl, type Outputs } from '../../dev/cloud/deploy';
import { eventKey } from '../../shared/aws/table-keys';
import type { LeadId } from '../../shared/lead/lead-id';
import { type Capabilities, capabilitiesOf, type CloudName } from './capabilities';

/** What a global set-up leaves for the tests: a cloud with the template deployed. */
export type Deployed = Readonly<{
  cloud: CloudName;
  endpoint: string;
  region: string;
  /** The key of the account's root. */
  credentials: Credentials;
  stackName: string;
  delaySeconds: number;
  outputs: Outputs;
  /** A key of the user that may read leads: AWS allows two for each user, so all tests share one. */
  reader: Credentials;
  /** The physical ids of its resources before it was updated; absent where it was deployed once. */
  resourcesBefore?: Readonly<Record<string, string>>;
}>;

/** Where the set-up's process leaves it for the tests' processes. */
const variable = 'LEADLINE_DEPLOYED';

export const leaveForTests = (deployed: readonly Deployed[]): void => {
  process.env[variable] = JSON.stringify(deployed);
};

/** All stacks that the set-up deployed; the first is the one that most tests use. */
export const deployedStacks = (): readonly [Deployed, ...Deployed[]] => {
  const left = process.env[variable];
  if (left === undefined) throw new Error('Run these tests by npm test or npm run test:localstack: they need a cloud.');
  return JSON.parse(left) as [Deployed, ...Deployed[]];
};

export type Answer = Readonly<{
  status: number;
  body: Record<string, unknown>;
  contentType: string;
  headers: Headers;
}>;

export type Mail = Readonly<{ subject: string; text: string; html: string }>;

export type Credentials = Readonly<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;

/** A deployed stack as its users see it: HTTP and the AWS APIs, nothing of our own code behind them. */
export const stack = (deployed: Deployed) => {
  const { cloud, endpoint, region, stackName, outputs } = deployed;
  const clientFor = (credentials: Credentials) => ({ endpoint, region, credentials });
  const client = clientFor(deployed.credentials);
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
  const dynamodb = new DynamoDBClient(client);
  const logs = new CloudWatchLogsClient(client);
  const apiUrl = localApiUrl(endpoint, outputs);
  const capabilities: Capabilities = capabilitiesOf(cloud);

  const answerOf = async (response: Response): Promise<Answer> => ({
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  });

  const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    answerOf(
      await fetch(`${apiUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    );

  const get = async (path: string, credentials?: Credentials): Promise<Answer> => {
    if (credentials === undefined) return answerOf(await fetch(`${apiUrl}${path}`));
    const signer = new AwsClient({ ...credentials, service: 'execute-api', region, retries: 0 });
    return answerOf(await signer.fetch(`${apiUrl}${path}`));
  };

  const putOwner = (leadId: string, owner: object) =>
    s3.send(
      new PutObjectCommand({ Bucket: outputs.LookupBucketName, Key: `${leadId}.json`, Body: JSON.stringify(owner) }),
    );

  const readJson = async (bucket: string, key: string): Promise<unknown> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? 'null') as unknown;
  };

  const keysOf = async (bucket: string, prefix: string): Promise<readonly string[]> => {
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
      );
      keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return keys;
  };

  const sendMessage = (body: unknown, queueUrl = outputs.DelayQueueUrl, delaySeconds = 0) =>
    sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
        DelaySeconds: delaySeconds,
      }),
    );

  /** The event of a lead as the table has it. */
  const event = async (leadId: string, eventId: string): Promise<Record<string, unknown>> => {
    const { Item = {} } = await dynamodb.send(
      new GetItemCommand({
        TableName: outputs.TableName,
        Key: Object.fromEntries(
          Object.entries(eventKey({ leadId: leadId as LeadId, eventId })).map(([name, value]) => [name, { S: value }]),
        ),
        ConsistentRead: true,
      }),
    );
    return unmarshall(Item);
  };

  const items = async (): Promise<readonly Record<string, unknown>[]> => {
    const all: Record<string, unknown>[] = [];
    for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName: outputs.TableName })) {
      all.push(...Items.map((item) => unmarshall(item)));
    }
    return all;
  };

  /** All mails that SES took, whoever they are about. Both local clouds show them, each in its own form. */
  const mails = async (): Promise<readonly Mail[]> =>
    capabilities.readMails(await (await fetch(`${endpoint}${capabilities.mailsPath}`)).json());

  const mailsAbout = async (leadId: string): Promise<readonly Mail[]> =>
    (await mails()).filter(({ subject }) => subject.includes(`(${leadId})`));

  const putRaw = (key: string, payload: object) =>
    s3.send(new PutObjectCommand({ Bucket: outputs.RawBucketName, Key: key, Body: JSON.stringify(payload) }));

  /** All that a function has logged. */
  const logOf = async (functionName: string): Promise<string> => {
    const lines: string[] = [];
    const pages = paginateFilterLogEvents(
      { client: logs },
      { logGroupName: `/aws/lambda/${stackName}-${functionName}` },
    );
    for await (const { events = [] } of pages) lines.push(...events.map(({ message = '' }) => message));
    return lines.join('\n');
  };

  /** The bodies in the dead-letter queue. They are out of sight while they are read, and all back afterwards. */
  const deadLetters = (): Promise<readonly string[]> => deleteDeadLetters(() => false);

  /** Deletes some letters, as SQS does after 14 days. Answers the bodies of all letters that there were. */
  const deleteDeadLetters = async (isGone: (body: string) => boolean): Promise<readonly string[]> => {
    const QueueUrl = outputs.DeadLetterQueueUrl;
    const letters: Message[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        // Longer than it takes to read them all: who hides each for a moment sees some twice, and others never.
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
      );
      if (Messages.length === 0) break;
      letters.push(...Messages);
    }
    for (const { Body = '', ReceiptHandle } of letters)
      if (isGone(Body)) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const kept = letters.filter(({ Body = '' }) => !isGone(Body));
    for (let start = 0; start < kept.length; start += 10) {
      await sqs.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl,
          Entries: kept.slice(start, start + 10).map(({ ReceiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle,
            VisibilityTimeout: 0,
          })),
        }),
      );
    }
    return letters.map(({ Body = '' }) => Body);
  };

  return {
    ...deployed,
    apiUrl,
    capabilities,
    clientFor,
    s3,
    sqs,
    dynamodb,
    lambda: new LambdaClient(client),
    secrets: new SecretsManagerClient(client),
    ses: new SESClient(client),
    post,
    get,
    putOwner,
    putRaw,
    readJson,
    keysOf,
    sendMessage,
    event,
    items,
    mails,
    mailsAbout,
    logOf,
    deadLetters,
    deleteDeadLetters,
  };
};

export type Stack = ReturnType<typeof stack>;

/** Does something for each of a list, for so many of them at once. */
export const atOnce = async <A, B>(
  most: number,
  list: readonly A[],
  each: (item: A) => Promise<B>,
): Promise<readonly B[]> => {
  const results: B[] = [];
  const rest = [...list.entries()];
  const worker = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) results[next[0]] = await each(next[1]);
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
};

let counter = 0;

/** A lead id that no other test uses. */
export const newLeadId = (): string => `T${process.pid}-${(counter += 1)}-${Math.random().toString(36).slice(2, 7)}`;

/**
 * Awaits a condition.
 *
 * @param look answers `undefined` while it does not hold
 * @throws an Error that says what was waited for, after `seconds`
 */
export const eventually = async <A>(what: string, look: () => Promise<A | undefined>, seconds = 60): Promise<A> => {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};
