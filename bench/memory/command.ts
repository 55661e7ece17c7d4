import {
  BatchGetItemCommand,
  type DynamoDBClient,
  ScanCommand,
  type ScanCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  ChangeMessageVisibilityBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dlqCommand } from '../../cli/commands/dlq';
import { replayCommand } from '../../cli/commands/replay';
import { thisMachine } from '../../cli/machine/machine-checks';
import type { Session } from '../../cli/session';
import { stackPorts } from '../../shared/aws/operator-stack';
import { eventKey } from '../../shared/aws/table-keys';
import type { LeadId } from '../../shared/lead/lead-id';
import { sha256 } from '../../shared/codecs/sha-256';
import { rawKeyOf } from '../../shared/lead/raw-key';

/** `command.ts COUNT COMMAND [ARGUMENTS]`: runs a command of `leadline` on so many events, and prints its peak memory. */
const [, , countText = '0', name = '', ...commandArguments] = process.argv;
const count = Number(countText);

/** An event of the table: one that was mailed, or one that failed for a dead letter. */
const itemOf = (leadId: string, isFailed: boolean) => {
  const id = leadId as LeadId;
  const eventId = sha256(leadId);
  const at = '2026-01-15T12:00:00.000Z';
  return {
    ...eventKey({ leadId: id, eventId }),
    ...{ lead_id: id, event_id: eventId, source: 'billing', namespace: 'billing' },
    ...{ s3_key: rawKeyOf(id, new Date(at), eventId), received_at: at, event_time: at, due_at: at },
    ...(isFailed
      ? { state: 'FAILED', failed_at: at, reason: 'owner-missing', reason_detail: `${leadId}.json` }
      : { state: 'NOTIFIED', notified_at: at }),
    ...{ attempts: 3, correlation_id: eventId.slice(0, 36), write_id: eventId.slice(0, 36) },
    history: ['claimed', isFailed ? 'failed' : 'notified'].map((what) => ({ at, what })),
  };
};

const eventsOfAPage = 1_000;

const scanPage = ({ ExclusiveStartKey }: ScanCommandInput) => {
  const from = Number(ExclusiveStartKey?.pk?.S ?? 0);
  const to = Math.min(from + eventsOfAPage, count);
  return {
    Items: Array.from({ length: to - from }, (_, index) => marshall(itemOf(`lead-${from + index}`, false))),
    ...(to < count ? { LastEvaluatedKey: { pk: { S: String(to) }, sk: { S: 'x' } } } : {}),
  };
};

/** A table that makes each event when it is read. */
const dynamodb = {
  send: async (command: object) => {
    await Promise.resolve();
    if (command instanceof ScanCommand) return scanPage(command.input);
    if (command instanceof BatchGetItemCommand)
      return {
        Responses: Object.fromEntries(
          Object.entries(command.input.RequestItems ?? {}).map(([table, { Keys = [] }]) => [
            table,
            Keys.map(({ pk }) => marshall(itemOf((pk?.S ?? '').replace('LEAD#', ''), true))),
          ]),
        ),
      };
    if (command instanceof UpdateItemCommand) return {};
    throw new Error(command.constructor.name);
  },
} as unknown as DynamoDBClient;

let received = 0;

const deadLetter = () => {
  const { s3_key, lead_id, event_id } = itemOf(`lead-${received}`, true);
  received += 1;
  return {
    MessageId: event_id.slice(0, 36),
    // A receipt handle of SQS has about 400 characters.
    ReceiptHandle: `${event_id.repeat(6)}${received}`,
    Body: JSON.stringify({ s3_key, lead_id, event_id }),
    Attributes: { SentTimestamp: String(1_768_000_000_000 + received) },
  };
};

/** A dead-letter queue that makes each message when it is received. */
const sqs = {
  send: async (command: object) => {
    await Promise.resolve();
    if (command instanceof GetQueueAttributesCommand)
      return {
        Attributes: {
          ApproximateNumberOfMessages: String(count - received),
          ApproximateNumberOfMessagesNotVisible: String(received),
        },
      };
    if (command instanceof ReceiveMessageCommand)
      return { Messages: Array.from({ length: Math.min(10, count - received) }, deadLetter) };
    if (command instanceof ChangeMessageVisibilityBatchCommand)
      return { Successful: (command.input.Entries ?? []).map(({ Id }) => ({ Id })), Failed: [] };
    return { MessageId: 'sent' };
  },
} as unknown as SQSClient;

const stack = stackPorts(
  { dynamodb, sqs, s3: {} as unknown as S3Client, secrets: {} as unknown as SecretsManagerClient },
  (output) => output,
  () => new Date(),
);

const session: Session = {
  stack: () => Promise.resolve(stack),
  api: () => Promise.reject(new Error('no API')),
  sources: () => Promise.reject(new Error('no sources')),
  console: () => Promise.reject(new Error('no console')),
  isJson: () => false,
  overview: () => Promise.reject(new Error('no overview')),
  logs: () => Promise.reject(new Error('no logs')),
  width: () => Infinity,
  emit: () => undefined,
  redraw: () => undefined,
  health: () => {
    throw new Error('no health');
  },
  machine: thisMachine,
  reader: () => Promise.reject(new Error('no reader')),
  reveal: () => undefined,
  // As `leadline` does, but to nowhere.
  print: (_data, lines) => void lines.join('\n'),
  note: () => undefined,
  onProgress: () => undefined,
  isInterrupted: () => false,
  interruption: new AbortController().signal,
  interrupt: () => undefined,
  finish: () => undefined,
  clear: () => undefined,
};

const commands = { replay: replayCommand, dlq: dlqCommand };

const main = async (): Promise<void> => {
  const started = Date.now();
  await commands[name as keyof typeof commands](session).parseAsync(commandArguments, { from: 'user' });
  // maxRSS is in KiB.
  process.stdout.write(
    `${JSON.stringify({ peakMb: process.resourceUsage().maxRSS / 1024, seconds: (Date.now() - started) / 1_000 })}\n`,
  );
};

void main();
