import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createHash } from 'node:crypto';
import { stackClientSettings, stackPorts } from '../../../../shared/aws/operator-stack';
import type { DeadLetterMessage } from '../../../../shared/operations/dead-letter';
import { type Call, fakeAws, type FakeAws, type Reply, taken } from '../../../support/fake-aws';

/** What `leadline` sends to SQS: visibility timeouts and delays. */
let aws: FakeAws;
let ports: ReturnType<typeof stackPorts>;
let clock: number;
let clients: readonly Readonly<{ destroy: () => void }>[];

const reply = (call: Call): Reply => {
  if (call.operation === 'SendMessage') return taken(call);
  if (call.operation !== 'ReceiveMessage' || callsOf('ReceiveMessage').length > 1) return { body: {} };
  const MD5OfBody = createHash('md5').update('a letter').digest('hex');
  return { body: { Messages: [{ MessageId: 'm1', ReceiptHandle: 'r1', Body: 'a letter', MD5OfBody }] } };
};

const callsOf = (operation: string) => aws.calls.filter((call) => call.operation === operation);

beforeEach(async () => {
  aws = await fakeAws(reply);
  clock = 0;
  const dynamodb = new DynamoDBClient({ ...stackClientSettings.dynamodb, ...aws.client });
  const s3 = new S3Client({ ...stackClientSettings.s3, ...aws.client });
  const sqs = new SQSClient({ ...stackClientSettings.sqs, ...aws.client });
  const secrets = new SecretsManagerClient({ ...stackClientSettings.secrets, ...aws.client });
  clients = [dynamodb, s3, secrets, sqs];
  ports = stackPorts(
    { dynamodb, s3, secrets, sqs },
    (name) => `${aws.endpoint}/000000000000/${name}`,
    () => new Date(clock),
  );
});

afterEach(() => {
  for (const client of clients) client.destroy();
  aws.close();
});

const receiveAll = async (): Promise<readonly DeadLetterMessage[]> => {
  const messages: DeadLetterMessage[] = [];
  for await (const page of ports.deadLetters.queue.receiveAll()) messages.push(...page);
  return messages;
};

test('messages of an operator have no delay, whatever the delay of the queue', async () => {
  await ports.sendMessage({ s3_key: 'raw/a.json' } as Parameters<typeof ports.sendMessage>[0]);
  await ports.sendBody('a letter');
  expect(callsOf('SendMessage').map(({ body }) => body.DelaySeconds)).toEqual([0, 0]);
});

test('received messages stay hidden for 5 minutes, and longer while the command runs', async () => {
  const messages = await receiveAll();
  expect(messages).toHaveLength(1);
  expect(callsOf('ReceiveMessage')[0]?.body).toMatchObject({ VisibilityTimeout: 300, WaitTimeSeconds: 1 });
  clock = 149_000;
  await ports.deadLetters.queue.keepHidden(messages);
  expect(callsOf('ChangeMessageVisibilityBatch')).toHaveLength(0);
  clock = 151_000;
  await ports.deadLetters.queue.keepHidden(messages);
  clock = 152_000;
  await ports.deadLetters.queue.keepHidden(messages);
  expect(callsOf('ChangeMessageVisibilityBatch').map(({ body }) => body.Entries)).toEqual([
    [{ Id: '0', ReceiptHandle: 'r1', VisibilityTimeout: 300 }],
  ]);
});

test('released messages are visible to other consumers at once', async () => {
  await ports.deadLetters.queue.release(await receiveAll());
  expect(callsOf('ChangeMessageVisibilityBatch').map(({ body }) => body.Entries)).toEqual([
    [{ Id: '0', ReceiptHandle: 'r1', VisibilityTimeout: 0 }],
  ]);
});
