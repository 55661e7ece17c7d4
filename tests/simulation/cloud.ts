import {
  BatchGetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, type GetSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';
import { SendEmailCommand, type SendEmailCommandOutput } from '@aws-sdk/client-ses';
import {
  ChangeMessageVisibilityBatchCommand,
  type ChangeMessageVisibilityBatchCommandOutput,
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type GetQueueAttributesCommandOutput,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  type ReceiveMessageCommandOutput,
  SendMessageCommand,
  type SendMessageCommandInput,
  type SendMessageCommandOutput,
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
  deadLetterQueue: 'https://queue.simulated/dead-letters',
  sources: 'sources',
} as const;

/** The services that the functions use, in memory. Each command succeeds or fails at once. */
export type Cloud = Readonly<{
  now: () => number;
  table: Table;
  /** By their names. */
  buckets: Readonly<Record<string, Bucket>>;
  /** By their URLs. */
  queues: Readonly<Record<string, Queue>>;
  mail: (text: string) => void;
  sources: string;
  onSent: (message: Message) => void;
  onPutOff: (message: Message) => void;
}>;

type Answered<Output> = Omit<Output, '$metadata'>;

/** The outputs of the SDK's clients, without `$metadata`. */
export type Answer =
  | ReturnType<Table['update' | 'put' | 'query' | 'scan' | 'batchGet']>
  | ReturnType<Bucket['get' | 'put' | 'list']>
  | Answered<SendMessageCommandOutput>
  | Answered<ReceiveMessageCommandOutput>
  | Answered<ChangeMessageVisibilityBatchCommandOutput>
  | Answered<GetQueueAttributesCommandOutput>
  | Answered<SendEmailCommandOutput>
  | Answered<GetSecretValueCommandOutput>;

/**
 * Executes a command of the SDK.
 *
 * @throws the SDK's own error classes
 */
export const perform = (cloud: Cloud, command: object): Answer => {
  if (command instanceof UpdateItemCommand) return cloud.table.update(command.input);
  if (command instanceof PutItemCommand) return cloud.table.put(command.input);
  if (command instanceof QueryCommand) return cloud.table.query(command.input);
  if (command instanceof ScanCommand) return cloud.table.scan(command.input);
  if (command instanceof BatchGetItemCommand) return cloud.table.batchGet(command.input);
  if (command instanceof GetObjectCommand) return bucketOf(cloud, command.input.Bucket).get(command.input);
  if (command instanceof ListObjectsV2Command) return bucketOf(cloud, command.input.Bucket).list(command.input);
  if (command instanceof PutObjectCommand) {
    return bucketOf(cloud, command.input.Bucket).put(command.input, cloud.now());
  }
  if (command instanceof SendMessageCommand) return send(cloud, command.input);
  if (command instanceof ChangeMessageVisibilityCommand) {
    const { QueueUrl, ReceiptHandle, VisibilityTimeout } = command.input;
    changeVisibility(cloud, QueueUrl, ReceiptHandle, VisibilityTimeout);
    return {};
  }
  if (command instanceof ChangeMessageVisibilityBatchCommand) {
    const { QueueUrl, Entries = [] } = command.input;
    for (const one of Entries) changeVisibility(cloud, QueueUrl, one.ReceiptHandle, one.VisibilityTimeout);
    return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
  }
  if (command instanceof ReceiveMessageCommand) return receive(cloud, command.input);
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

const send = (
  cloud: Cloud,
  { QueueUrl, MessageBody = '', DelaySeconds }: SendMessageCommandInput,
): Answered<SendMessageCommandOutput> => {
  const delayMs = DelaySeconds === undefined ? undefined : DelaySeconds * 1000;
  const message = queueOf(cloud, QueueUrl).send(MessageBody, delayMs);
  cloud.onSent(message);
  return { MessageId: message.id, MD5OfMessageBody: undefined };
};

const receive = (
  cloud: Cloud,
  { QueueUrl, MaxNumberOfMessages = 1, VisibilityTimeout }: ReceiveMessageCommandInput,
): Answered<ReceiveMessageCommandOutput> => {
  const queue = queueOf(cloud, QueueUrl);
  const handedOut = queue.visible().slice(0, MaxNumberOfMessages);
  return {
    Messages: handedOut.map((message) => {
      const visibilityMs = VisibilityTimeout === undefined ? undefined : VisibilityTimeout * 1000;
      const { messageId, receiptHandle, body, receiveCount } = queue.deliver(message, visibilityMs);
      return {
        MessageId: messageId,
        ReceiptHandle: receiptHandle,
        Body: body,
        Attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: String(message.sentAt) },
      };
    }),
  };
};

const changeVisibility = (cloud: Cloud, url: string | undefined, receiptHandle = '', seconds = 0): void => {
  if (!Number.isInteger(seconds)) throw new Error('VisibilityTimeout must be a whole number');
  const message = queueOf(cloud, url).changeVisibility(receiptHandle, seconds);
  if (message !== undefined) cloud.onPutOff(message);
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
