// The calls of a function, and nothing else. The clients have the settings of the functions, without `cacheMiddleware`.
// The event has lists of calls: those of a list are made at once, and the lists one after the other.
import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings, s3Settings, sqsSettings } from '../../shared/aws/clients';
import { mailerSettings } from '../../shared/aws/mailer';
import type { Call } from '../../tests/support/fake-aws';

// Without `cacheMiddleware`: so the ratio includes what this option of the functions saves.
const dynamodb = new DynamoDBClient(clientSettings);
const s3 = new S3Client(s3Settings);
const ses = new SESClient(mailerSettings);
const sqs = new SQSClient({ ...sqsSettings, cacheMiddleware: false });

/** The input of a call that has JSON on the wire, as the SDK sent it. */
const input = ({ body }: Call) => body as never;

/** The form of SES has a flat name for each member of the input. */
const mailOf = ({ body }: Call) => {
  const field = (name: string): string => body[name] as string;
  const part = (name: string) => ({ Charset: field(`${name}.Charset`), Data: field(`${name}.Data`) });
  return {
    Source: field('Source'),
    Destination: { ToAddresses: [field('Destination.ToAddresses.member.1')] },
    Message: {
      Subject: part('Message.Subject'),
      Body: { Text: part('Message.Body.Text'), Html: part('Message.Body.Html') },
    },
  };
};

const metadataOf = ({ body }: Call): Record<string, string> =>
  Object.fromEntries(
    Object.entries(body.metadata as Record<string, string>).map(([name, value]) => [
      name.replace('x-amz-meta-', ''),
      value,
    ]),
  );

const objectCall = async (call: Call): Promise<unknown> => {
  const [, method, Bucket = '', Key = ''] = /^(\w+) \/([^/]+)\/(.*)$/.exec(call.operation) ?? [];
  if (method === 'GET') {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return Body?.transformToString();
  }
  if (method !== 'PUT') throw new Error(`no such call: ${call.operation}`);
  const isRaw = Bucket === 'RawBucket';
  const put = {
    ...{ Bucket, Key, Body: call.body.text as string, ContentType: 'application/json' },
    ...(isRaw ? { IfNoneMatch: '*', Metadata: metadataOf(call) } : {}),
  };
  return s3.send(new PutObjectCommand(put));
};

const make = (call: Call): Promise<unknown> => {
  switch (call.operation) {
    case 'PutItem':
      return dynamodb.send(new PutItemCommand(input(call)));
    case 'UpdateItem':
      return dynamodb.send(new UpdateItemCommand(input(call)));
    case 'Query':
      return dynamodb.send(new QueryCommand(input(call)));
    case 'BatchGetItem':
      return dynamodb.send(new BatchGetItemCommand(input(call)));
    case 'SendMessage':
      return sqs.send(new SendMessageCommand(input(call)));
    case 'SendEmail':
      return ses.send(new SendEmailCommand(mailOf(call)));
    default:
      return objectCall(call);
  }
};

export const handler = async (lists: readonly (readonly Call[])[]): Promise<void> => {
  for (const calls of lists) await Promise.all(calls.map(make));
};
