import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Bucket } from './bucket';
import type { Message, Queue } from './queue';
import type { Table } from './table';

export const names = {
  table: 'leads',
  raw: 'raw-bucket',
  lookup: 'lookup-bucket',
  enriched: 'enriched-bucket',
  queue: 'https://queue.simulated/delay',
  retryQueue: 'https://queue.simulated/retry',
  retryQueueArn: 'arn:aws:sqs:simulated:retry',
  sources: 'sources',
} as const;

/** The services that the functions use, in memory. One effect at a time: a command is done, or fails, at once. */
export type Cloud = Readonly<{
  now: () => number;
  table: Table;
  /** Without a bucket of that name, nothing exists. */
  buckets: Readonly<Record<string, Bucket>>;
  /** By their URLs. */
  queues: Readonly<Record<string, Queue>>;
  mail: (text: string) => void;
  sources: string;
  onSent: (message: Message) => void;
  onPutOff: (message: Message) => void;
}>;

/**
 * Does what a command of the SDK says.
 *
 * @throws the SDK's own errors, by class
 */
export const perform = (cloud: Cloud, command: object): object => {
  if (command instanceof UpdateItemCommand) return cloud.table.update(command.input);
  if (command instanceof PutItemCommand) return cloud.table.put(command.input);
  if (command instanceof QueryCommand) return cloud.table.query(command.input);
  if (command instanceof BatchGetItemCommand) return cloud.table.batchGet(command.input);
  if (command instanceof GetObjectCommand) return bucketOf(cloud, command.input.Bucket).get(command.input);
  if (command instanceof PutObjectCommand) {
    return bucketOf(cloud, command.input.Bucket).put(command.input, cloud.now());
  }
  if (command instanceof SendMessageCommand) {
    const { QueueUrl, MessageBody = '', DelaySeconds } = command.input;
    const message = queueOf(cloud, QueueUrl).send(
      MessageBody,
      DelaySeconds === undefined ? undefined : DelaySeconds * 1000,
    );
    cloud.onSent(message);
    return { MessageId: message.id };
  }
  if (command instanceof ChangeMessageVisibilityCommand) {
    const { QueueUrl, ReceiptHandle = '', VisibilityTimeout = 0 } = command.input;
    if (!Number.isInteger(VisibilityTimeout)) throw new Error('VisibilityTimeout must be a whole number');
    const message = queueOf(cloud, QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout);
    if (message !== undefined) cloud.onPutOff(message);
    return {};
  }
  if (command instanceof ReceiveMessageCommand) {
    const queue = queueOf(cloud, command.input.QueueUrl);
    const delivered = queue
      .visible()
      .slice(0, command.input.MaxNumberOfMessages ?? 1)
      .map((message) => queue.deliver(message));
    return {
      Messages: delivered.map(({ messageId, receiptHandle, body, receiveCount }) => ({
        MessageId: messageId,
        ReceiptHandle: receiptHandle,
        Body: body,
        Attributes: { ApproximateReceiveCount: String(receiveCount) },
      })),
    };
  }
  if (command instanceof DeleteMessageCommand) {
    queueOf(cloud, command.input.QueueUrl).delete(command.input.ReceiptHandle ?? '');
    return {};
  }
  if (command instanceof GetQueueAttributesCommand) {
    const { waiting, inFlight } = queueOf(cloud, command.input.QueueUrl).load;
    return {
      Attributes: {
        ApproximateNumberOfMessages: String(waiting),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
      },
    };
  }
  if (command instanceof SendEmailCommand) {
    cloud.mail(command.input.Message?.Body?.Text?.Data ?? '');
    return { MessageId: 'mail' };
  }
  if (command instanceof GetSecretValueCommand) return { SecretString: cloud.sources };
  throw new Error(`the simulated cloud does not know ${command.constructor.name}`);
};

const queueOf = ({ queues }: Cloud, url = ''): Queue => {
  const queue = queues[url];
  if (queue === undefined) throw new Error(`no queue ${url}`);
  return queue;
};

const bucketOf = ({ buckets }: Cloud, name = ''): Bucket => {
  const bucket = buckets[name];
  if (bucket === undefined) throw new Error(`no bucket ${name}`);
  return bucket;
};

/** What the simulation imitates of an SDK client: how long it waits for an answer, and how often it asks. */
export type ClientSettings = Readonly<{
  maxAttempts: number;
  requestHandler: Readonly<{ requestTimeout: number }>;
  /** Asks again only after throttling (shared/aws/mailer.ts). */
  retryStrategy?: Readonly<{ maxAttempts: () => Promise<number> }>;
}>;

/** What a caller may say of one call. */
type CallOptions = Readonly<{ requestTimeout?: number }>;

/** How a command gets to the cloud, and its answer back: with faults, or without. */
export type Send = (command: object, settings: ClientSettings) => Promise<object>;

export type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  s3: S3Client;
  sqs: SQSClient;
  ses: SESClient;
  secrets: SecretsManagerClient;
}>;

/** Clients of the SDK, so that all code up to the wire is what is deployed. Of the SDK itself only its retries are imitated. */
export const clientsOver = (send: Send, settings: Readonly<Record<keyof Clients, ClientSettings>>): Clients => {
  const client = <A extends object>(prototype: A, own: ClientSettings): A =>
    Object.assign(Object.create(prototype) as A, {
      send: (command: object, { requestTimeout = own.requestHandler.requestTimeout }: CallOptions = {}) =>
        send(command, { ...own, requestHandler: { requestTimeout } }),
    });
  return {
    dynamodb: client(DynamoDBClient.prototype, settings.dynamodb),
    s3: client(S3Client.prototype, settings.s3),
    sqs: client(SQSClient.prototype, settings.sqs),
    ses: client(SESClient.prototype, settings.ses),
    secrets: client(SecretsManagerClient.prototype, settings.secrets),
  };
};
