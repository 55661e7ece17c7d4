import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sendMail } from '../../../shared/aws/mailer';
import { claimEvent } from '../../../shared/aws/claim-event';
import { markNotified } from '../../../shared/aws/mark-notified';
import { recordFailure } from '../../../shared/aws/record-failure';
import { mailAbout } from '../../../EnrichmentFunction/mail';
import { arbitraryRecord } from '../../support/arbitrary';
import { effectOf, serviceOf, type WireRequest } from '../../faults/classify';
import { type Loopback, loopback } from '../../support/loopback';
import { mailedEvent } from '../../support/mailed-event';

/** The requests are those of the real SDK. */
describe('the proxy of the fault tests', () => {
  let aws: Loopback;
  const received: WireRequest[] = [];
  let settings: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    aws = await loopback((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        response.end();
      });
    });
    settings = { ...aws.client, maxAttempts: 1 };
  });

  afterAll(() => {
    aws.close();
  });

  const sent = async (call: () => Promise<unknown>): Promise<WireRequest> => {
    await call().catch(() => undefined);
    const request = received.pop();
    if (request === undefined) throw new Error('Nothing was sent.');
    return request;
  };

  const record = arbitraryRecord({ display_name: 'Alice' });
  const eventRef = { leadId: record.event.lead_id, eventId: 'e'.repeat(64) };
  const attempt = { claimId: 'claim-1', remainingMs: () => 1_000, receiveCount: 1, queueUrl: '', receiptHandle: '' };
  const table = () => ({
    client: new DynamoDBClient(settings),
    tableName: 'table',
    now: () => new Date(),
    retentionDays: 1,
  });

  it('recognises the service by the signature', async () => {
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    expect(serviceOf(await sent(() => s3.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: '{}' }))))).toBe(
      's3',
    );
    const sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
    expect(
      serviceOf(await sent(() => sqs.send(new SendMessageCommand({ QueueUrl: 'http://q/1/q', MessageBody: 'm' })))),
    ).toBe('sqs');
    const secrets = new SecretsManagerClient(settings);
    expect(serviceOf(await sent(() => secrets.send(new GetSecretValueCommand({ SecretId: 's' }))))).toBe(
      'secretsmanager',
    );
    expect(serviceOf({ headers: {}, body: '' })).toBeUndefined();
  });

  it('recognises a claim and its id', async () => {
    const request = await sent(claimEvent(table(), 0)({ ...record, eventId: eventRef.eventId }, attempt));
    expect(serviceOf(request)).toBe('dynamodb');
    expect(effectOf(request)).toEqual({ kind: 'claim', eventId: eventRef.eventId, claimId: 'claim-1' });
  });

  it('recognises a mark, with one id for all attempts of a call', async () => {
    const request = await sent(markNotified(table())(eventRef));
    expect(effectOf(request)).toEqual({
      kind: 'mark',
      eventId: eventRef.eventId,
      callId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    });
  });

  it('does not count a recorded failure as a mark', async () => {
    const failed = { reason: 'owner-missing', detail: '', next: 'give-up' } as const;
    expect(effectOf(await sent(recordFailure(table())(eventRef, attempt, failed)))).toBeUndefined();
  });

  it('recognises the event of a mail, even if the owner contains another event id', async () => {
    const recorded = { ...record, eventId: eventRef.eventId };
    const mail = mailAbout({ record: recorded, owner: { owner_name: `x\nEvent: ${'f'.repeat(64)}` } });
    expect(mailedEvent(mail.text)).toBe(eventRef.eventId);
    const request = await sent(sendMail(new SESClient(settings), 'a@example.com', 'b@example.com')(mail, 1_000));
    expect(serviceOf(request)).toBe('ses');
    expect(effectOf(request)).toEqual({ kind: 'mail', eventId: eventRef.eventId });
  });

  it('does not count a mail without an event', async () => {
    const command = new SendEmailCommand({
      Source: 'a@example.com',
      Destination: { ToAddresses: ['b@example.com'] },
      Message: { Subject: { Data: 's' }, Body: { Text: { Data: 'Hello' } } },
    });
    expect(effectOf(await sent(() => new SESClient(settings).send(command)))).toBeUndefined();
  });
});
