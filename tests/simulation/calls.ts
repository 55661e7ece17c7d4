import {
  BatchGetItemCommand,
  DynamoDBServiceException,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerServiceException } from '@aws-sdk/client-secrets-manager';
import { SendEmailCommand, SESServiceException } from '@aws-sdk/client-ses';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSServiceException,
} from '@aws-sdk/client-sqs';
import { isLeadKey, quarantinePartition } from '../../shared/aws/table-keys';
import { quarantinePrefix } from '../../shared/stored/quarantine-key';
import { mailedEvent } from '../support/mailed-event';
import { names } from './cloud';

/** What a call does, and its event, key or message. */
export type Described = Readonly<{ what: string; about: string }>;

/** @throws an Error for a command that the deployed code does not send */
export const describe = (command: object): Described => {
  if (command instanceof UpdateItemCommand) return describeUpdate(command.input);
  if (command instanceof PutItemCommand) {
    const { pk, sk } = command.input.Item ?? {};
    return { what: isQuarantineKey(pk?.S) ? 'quarantine' : 'record', about: eventOfKey(sk?.S) };
  }
  if (command instanceof PutObjectCommand) {
    const { Bucket, Key = '' } = command.input;
    if (isQuarantined(Key)) return { what: 'put-quarantine', about: Key };
    return { what: Bucket === names.raw ? 'put-raw' : 'put-enriched', about: Key };
  }
  if (command instanceof GetObjectCommand) {
    const { Bucket, Key = '' } = command.input;
    if (isQuarantined(Key)) return { what: 'get-quarantined', about: Key };
    if (Bucket === names.enriched) return { what: 'get-enriched', about: Key };
    return { what: Bucket === names.raw ? 'get-raw' : 'get-owner', about: Key };
  }
  if (command instanceof SendEmailCommand) {
    return { what: 'send-mail', about: mailedEvent(command.input.Message?.Body?.Text?.Data ?? '') ?? '' };
  }
  if (command instanceof SendMessageCommand) return { what: 'enqueue', about: command.input.MessageBody ?? '' };
  if (command instanceof ChangeMessageVisibilityCommand) {
    return { what: 'postpone', about: `${command.input.VisibilityTimeout ?? 0} s` };
  }
  if (command instanceof DeleteMessageCommand)
    return { what: 'delete-message', about: command.input.ReceiptHandle ?? '' };
  if (command instanceof QueryCommand) {
    return { what: command.input.IndexName === undefined ? 'find-records' : 'find-pending', about: '' };
  }
  const other = others.find(([type]) => command instanceof type);
  if (other === undefined) throw new Error(`the simulation does not know ${command.constructor.name}`);
  return { what: other[1], about: '' };
};

const others = [
  [GetQueueAttributesCommand, 'read-load'],
  [ReceiveMessageCommand, 'receive'],
  [ChangeMessageVisibilityBatchCommand, 'hide-letters'],
  [BatchGetItemCommand, 'read-events'],
  [ScanCommand, 'scan'],
  [GetSecretValueCommand, 'read-sources'],
  [ListObjectsV2Command, 'list-sources'],
] as const;

const describeUpdate = ({
  Key = {},
  UpdateExpression = '',
  ExpressionAttributeValues = {},
}: UpdateItemCommand['input']): Described => {
  if (isLeadKey(Key.sk?.S)) return { what: 'save-lead', about: Key.pk?.S ?? '' };
  if (isQuarantineKey(Key.pk?.S)) {
    const isRevalidation = ExpressionAttributeValues[':set_state']?.S === 'REVALIDATED';
    return { what: isRevalidation ? 'revalidate' : 'discard-quarantined', about: Key.sk?.S ?? '' };
  }
  const about = eventOfKey(Key.sk?.S);
  if (UpdateExpression === 'REMOVE repeat_unsent') return { what: 'note-queued-again', about };
  const sets = (name: string): boolean => `:set_${name}` in ExpressionAttributeValues;
  switch (ExpressionAttributeValues[':set_state']?.S) {
    case 'CLAIMED':
      return { what: 'claim', about };
    case 'NOTIFIED':
      return { what: 'mark', about };
    case 'DISCARDED':
      return { what: 'discard', about };
    case 'FAILED':
      // A worker writes `attempts`. The reconciler gives an event up without it.
      return { what: sets('attempts') ? 'give-up' : 'record-failure', about };
    case 'RECEIVED':
      return { what: sets('replayed_at') ? 'reopen' : 'record-failure', about };
    default:
      break;
  }
  if (sets('repeated_at')) return { what: 'queue-again', about };
  if (sets('refresh_asked_at') || sets('refreshed_at') || sets('refresh_failed_at')) {
    return { what: 'note-refresh', about };
  }
  if (sets('redriven_at')) return { what: 'note-redrive', about };
  if (UpdateExpression.includes('#requeued_at')) return { what: 'mark-requeued', about };
  return { what: sets('taken_at') ? 'note-retry' : 'record-failure', about };
};

/** Whether a partition has the quarantined requests of a source. */
export const isQuarantineKey = (pk = ''): boolean => pk.startsWith(quarantinePartition(''));

const isQuarantined = (key: string): boolean => key.startsWith(quarantinePrefix);

const eventOfKey = (sk = ''): string => sk.replace('EVENT#', '');

/** The class of a service's errors. The adapters recognise an error by its class and status. */
export const exceptionOf = (command: object) => {
  if (command instanceof SendEmailCommand) return SESServiceException;
  if (
    command instanceof GetObjectCommand ||
    command instanceof PutObjectCommand ||
    command instanceof ListObjectsV2Command
  )
    return S3ServiceException;
  if (sqsCommands.some((type) => command instanceof type)) return SQSServiceException;
  return command instanceof GetSecretValueCommand ? SecretsManagerServiceException : DynamoDBServiceException;
};

const sqsCommands = [
  SendMessageCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  ChangeMessageVisibilityCommand,
  ChangeMessageVisibilityBatchCommand,
  GetQueueAttributesCommand,
];
