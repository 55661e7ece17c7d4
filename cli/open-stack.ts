import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { clientSettings, s3Settings, sqsSettings } from '../shared/aws/clients';
import { deadLetterQueue } from '../shared/aws/dead-letter-queue';
import { enqueue } from '../shared/aws/delay-queue';
import { readEachEvent, readHistory } from '../shared/aws/lead-queries';
import { discardEvent, type EventFilter, reopenEvent, scanEvents } from '../shared/aws/operator-table';
import { readRaw } from '../shared/aws/raw-objects';
import type { EventItem } from '../shared/lead/event-item';
import { eventOfRaw } from '../shared/operations/event-of-raw';
import { adviceOn } from './advice';
import { orThrow } from './or-throw';
import { nameAndMessage, Problem } from './problem';
import type { LeadId } from '../shared/lead/lead-id';
import type { DeadLetterPorts, DiscardPorts } from '../shared/operations/dead-letters';
import type { ReplayPorts } from '../shared/operations/replay';

/**
 * Finds a deployed stack in the account and region of the standard AWS environment, and what commands need of it.
 *
 * @throws a Problem that says what to do when there is no such stack, or no way to ask
 */
export const openStack = async (stackName: string) => {
  const outputs = await outputsOf(stackName);
  const sqs = new SQSClient(sqsSettings);
  const client = new DynamoDBClient(clientSettings);
  // Events are only changed here, never made: their retention is not ours to say.
  const table = { client, tableName: outputs('TableName'), now: () => new Date(), retentionDays: 0 };
  const read = readEachEvent(client, table.tableName);
  const send = enqueue(sqs, outputs('DelayQueueUrl'), 0);

  const raw = readRaw(new S3Client(s3Settings), outputs('RawBucketName'));

  const deadLetters: Omit<DeadLetterPorts, 'onProgress' | 'isInterrupted'> = {
    queue: deadLetterQueue(sqs, outputs('DeadLetterQueueUrl'), Date.now),
    eventOf: eventOfRaw(raw),
    readEvents: async (refs) => {
      const events = new Map<string, EventItem | 'unreadable'>();
      for (let start = 0; start < refs.length; start += 100) {
        const keys = refs
          .slice(start, start + 100)
          .map(({ leadId, eventId }) => ({ lead_id: leadId, event_id: eventId }));
        for (const [key, event] of await orThrow(read(keys)))
          events.set(key, E.isRight(event) ? event.right : 'unreadable');
      }
      return events;
    },
  };

  return {
    deadLetters,
    discard: ((event, reason) =>
      orThrow(
        pipe(
          discardEvent(table)(event, reason),
          TE.orElseW((failure) => (failure.kind === 'unreadable' ? TE.right(failure.kind) : TE.left(failure))),
        ),
      )) satisfies DiscardPorts['discard'],
    reopen: ((event) => orThrow(reopenEvent(table)(event))) satisfies ReplayPorts['reopen'],
    scan: (filter: EventFilter) => orThrow(scanEvents(table)(filter)),
    history: (leadId: LeadId) => orThrow(readHistory(client, table.tableName)(leadId)),
    sendMessage: ((message) => orThrow(send(message))) satisfies ReplayPorts['send'],
    /** As it was, whatever it is: a message that can't be read fails again, and says so. */
    sendBody: async (body: string): Promise<void> => {
      await sqs.send(
        new SendMessageCommand({ QueueUrl: outputs('DelayQueueUrl'), MessageBody: body, DelaySeconds: 0 }),
      );
    },
  };
};

export type OpenStack = Awaited<ReturnType<typeof openStack>>;

const outputsOf = async (stackName: string): Promise<(name: string) => string> => {
  const { Stacks = [] } = await new CloudFormationClient(clientSettings)
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((error: unknown) => {
      const { name, message } = nameAndMessage(error);
      if (/does not exist/i.test(message)) throw noSuchStack(stackName);
      const { kind, advice } = adviceOn(name, message);
      throw new Problem(kind, `The stack ${stackName} could not be looked up: ${advice}`);
    });
  const found = new Map((Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  return (name) => {
    const value = found.get(name);
    if (value === undefined)
      throw new Problem('no-stack', `The stack ${stackName} has no output ${name}: is it a stack of this project?`);
    return value;
  };
};

const noSuchStack = (stackName: string): Problem =>
  new Problem(
    'no-stack',
    `The stack ${stackName} could not be looked up: it does not exist in this account and region. Give its name with --stack-name, or set AWS_REGION.`,
  );
