import type { APIGatewayProxyEvent, SQSEvent } from 'aws-lambda';
import { batchPorts, enrichmentPorts } from '../../../EnrichmentFunction/compose';
import { enrichLead } from '../../../EnrichmentFunction/enrich-lead';
import { answerBatch } from '../../../EnrichmentFunction/sqs/answer-batch';
import { answerRequest, ingestionPorts } from '../../../IngestionFunction/compose';
import { clientSettings } from '../../../shared/aws/clients';
import type { RawKey } from '../../../shared/lead/raw-key';
import { logger } from '../../../shared/lambda/logger';
import { Bucket } from '../../simulation/bucket';
import { clientsOver } from '../../simulation/clients';
import { type Cloud, names, perform } from '../../simulation/cloud';
import { Queue } from '../../simulation/queue';
import { Table } from '../../simulation/table';

const secret = 'money-talks-99';
const settings = {
  TABLE_NAME: names.table,
  RAW_BUCKET: names.raw,
  LOOKUP_BUCKET: names.lookup,
  ENRICHED_BUCKET: names.enriched,
  DELAY_QUEUE_URL: names.queue,
  RETRY_QUEUE_URL: names.retryQueue,
  RETRY_QUEUE_ARN: names.retryQueueArn,
  UNCONFIRMED_PAUSE_SECONDS: 600,
  SOURCES_SECRET_NAME: names.sources,
  SES_FROM_ADDRESS: 'leads@example.com',
  SES_TO_ADDRESS: 'sales@example.com',
  INGEST_AUTH: 'OPEN' as const,
  PUBLIC_BASE_URL: '',
  QUARANTINE_RETENTION_DAYS: 90,
  MAX_RECEIVES: 3,
  LEASE_SKEW_SECONDS: 5,
  ENRICHMENT_DELAY_SECONDS: 600,
  EVENT_RETENTION_DAYS: 400,
};

/** Ingestion and enrichment as they are deployed, over the simulated services, at a time that the test says. */
const pipeline = () => {
  let at = Date.parse('2026-01-31T12:00:00.000Z');
  const now = () => at;
  const raw = new Bucket();
  const lookup = new Bucket();
  const table = new Table({ now, indexLagMs: () => 0, onChange: () => undefined });
  const mails: string[] = [];
  const source = { kind: 'shared-secret', secrets: [secret], volatile_fields: ['cursor'] };
  const queue = new Queue('m', { delayMs: 0, visibilityMs: 30_000, maxReceives: 3, retentionMs: Infinity }, { now });
  const cloud: Cloud = {
    now,
    table,
    buckets: { [names.raw]: raw, [names.lookup]: lookup, [names.enriched]: new Bucket() },
    queues: { [names.queue]: queue },
    mail: (text) => mails.push(text),
    sources: JSON.stringify({
      billing: source,
      crm: {
        auth: { scheme: 'header-secret', header: 'x-crm-secret', secrets: [secret] },
        payload: {
          fields: { lead_id: 'person.id', email: 'person.mail', display_name: 'person.name', status: 'stage' },
        },
      },
    }),
    onSent: () => undefined,
    onPutOff: () => undefined,
  };
  const clients = clientsOver((command) => Promise.resolve().then(() => perform(cloud, command)), {
    dynamodb: clientSettings,
    s3: clientSettings,
    ses: clientSettings,
    sqs: clientSettings,
    secrets: clientSettings,
  });
  const clock = () => new Date(at);
  const answer = answerRequest(ingestionPorts(clients, settings, clock), settings);
  const enrich = answerBatch(batchPorts(clients, settings, enrichLead(enrichmentPorts(clients, settings, clock))));
  lookup.put({ Bucket: names.lookup, Key: 'L-1.json', Body: '{"owner_name":"Ada"}' }, at);
  const messages = () => [...queue.messages.values()].map(({ body }) => body);
  return {
    raw,
    mails,
    later: () => (at += 60_000),
    post: async (body: object) => {
      const event = {
        resource: 'webhook_id' in body ? '/webhook' : '/ingest',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        isBase64Encoded: false,
        httpMethod: 'POST',
        requestContext: { requestId: 'r' },
      } as unknown as APIGatewayProxyEvent;
      expect((await answer(event)).statusCode).toBe(202);
      return messages().at(-1)!;
    },
    /** Sends a body to the source with a mapping. */
    postMapped: async (body: object) => {
      const event = {
        resource: '/webhook/{source}',
        pathParameters: { source: 'crm' },
        headers: { 'content-type': 'application/json', 'x-crm-secret': secret },
        body: JSON.stringify(body),
        isBase64Encoded: false,
        httpMethod: 'POST',
        requestContext: { requestId: '6d3f0a36-30e9-4c9c-8a57-0a0c6a0f2f2f' },
      } as unknown as APIGatewayProxyEvent;
      expect((await answer(event)).statusCode).toBe(202);
      return messages().at(-1)!;
    },
    deliver: (body: string) => {
      const record = { messageId: 'm', receiptHandle: 'm', body, attributes: { ApproximateReceiveCount: '1' } };
      return enrich({ Records: [record] } as unknown as SQSEvent, () => 30_000);
    },
    /** Writes the object again with its payload only. */
    putBack: (key: string, Body = raw.objects.get(key)!.body, Metadata = {}) => {
      raw.objects.delete(key);
      raw.put({ Bucket: names.raw, Key: key, Body, Metadata }, at);
    },
    lead: () => [...table.items].find(({ sk }) => sk?.S?.startsWith('LEAD')),
    events: () => [...table.items].filter(({ sk }) => sk?.S?.startsWith('EVENT#')),
  };
};

const keyOf = (message: string) => (JSON.parse(message) as { s3_key: RawKey }).s3_key;

beforeEach(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(logger, level).mockImplementation();
});
afterEach(() => {
  jest.restoreAllMocks();
});

const bodies = {
  'of POST /ingest': (status: string) => ({ lead_id: 'L-1', lead_email: 'a@example.com', status }),
  'of a source with volatile fields': (status: string) => ({
    webhook_id: 'billing',
    secret_key: secret,
    lead_id: 'L-1',
    email: 'a@example.com',
    cursor: status.length,
    status,
  }),
};

describe.each(Object.entries(bodies))(
  'the payload %s that is put back under its key without metadata',
  (_what, body) => {
    it.each<[string, number, (message: string) => string]>([
      ['its own message', 2, (message) => message],
      ['a message with its key alone', 2, (message) => JSON.stringify({ s3_key: keyOf(message) })],
      ['a refresh', 1, (message) => JSON.stringify({ ...(JSON.parse(message) as object), intent: 'refresh' })],
      ['a refresh with its key alone', 1, (message) => JSON.stringify({ s3_key: keyOf(message), intent: 'refresh' })],
    ])('is that old event, and not the newest of its lead, by %s', async (_how, mailed, messageOf) => {
      const { later, post, deliver, putBack, lead, events, mails } = pipeline();
      const old = await post(body('old'));
      later();
      await deliver(await post(body('newest')));
      const before = lead();
      expect(before?.status?.S).toBe('newest');
      later();
      putBack(keyOf(old));
      expect(await deliver(messageOf(old))).toStrictEqual({ batchItemFailures: [] });
      expect(lead()).toStrictEqual(before);
      expect(events()).toHaveLength(2);
      expect(mails).toHaveLength(mailed);
    });

    it('gives its lead no version that no event has, where it is the newest', async () => {
      const { later, post, deliver, putBack, lead, events, mails } = pipeline();
      const message = await post(body('new'));
      later();
      putBack(keyOf(message));
      expect(await deliver(message)).toStrictEqual({ batchItemFailures: [] });
      const [event] = events();
      expect(lead()?.version?.S).toBe(`${event?.event_time?.S}#${event?.event_id?.S}`);
      expect(event?.state?.S).toBe('NOTIFIED');
      expect(mails).toHaveLength(1);
    });
  },
);

describe('an object of another event under the key of an event', () => {
  it.each([true, false])('is not mailed for it, with its own metadata: %s', async (withMetadata) => {
    const { raw, later, post, deliver, putBack, lead, events, mails } = pipeline();
    const one = await post({ lead_id: 'L-1', lead_email: 'a@example.com', n: 1 });
    later();
    const other = await post({ lead_id: 'L-1', lead_email: 'a@example.com', n: 2 });
    const { body, metadata } = raw.objects.get(keyOf(other))!;
    putBack(keyOf(one), body, withMetadata ? metadata : {});
    const before = lead();
    expect((await deliver(one)).batchItemFailures).toHaveLength(1);
    expect(mails).toStrictEqual([]);
    expect(lead()).toStrictEqual(before);
    expect(events().map(({ reason }) => reason?.S)).toContain('raw-mismatch');
  });
});

describe('the object of a mapped source whose payload also is a lead in the default format', () => {
  /** The lead of the mapping is L-1. `lead_id` and `email` are of its owner. */
  const body = (name: string) => ({
    lead_id: 'owner-7',
    email: 'owner@example.com',
    webhook_id: 'crm',
    person: { id: 'L-1', mail: `${'a'.repeat(60)}@${'d'.repeat(60)}.${'d'.repeat(60)}.example.com`, name },
    stage: name.slice(0, 128),
  });
  const without = (field: string) => (metadata: object) =>
    Object.fromEntries(Object.entries(metadata).filter(([name]) => name !== field));
  const short = 'Kim';
  /** With it, the metadata are longer than 2,048 bytes if they have what the mapping read. */
  const long = '部'.repeat(256);

  it('does not have what the mapping read in its metadata if that is too long', async () => {
    const { raw, postMapped } = pipeline();
    const mapped = async (name: string) => raw.objects.get(keyOf(await postMapped(body(name))))!.metadata.mapped;
    expect(await mapped(long)).toBe('record');
    expect((await mapped(short))?.length).toBeGreaterThan(100);
  });

  it.each([
    ['a long name', long, (metadata: object) => metadata],
    ['the metadata of an earlier version', short, without('mapped')],
    ['no metadata', short, () => ({})],
  ])('is the lead of the record: %s', async (_what, name, change) => {
    const { raw, postMapped, deliver, putBack, events, mails } = pipeline();
    const message = await postMapped(body(name));
    const { body: text, metadata } = raw.objects.get(keyOf(message))!;
    putBack(keyOf(message), text, change(metadata));
    expect(await deliver(message)).toStrictEqual({ batchItemFailures: [] });
    expect(events()).toMatchObject([{ state: { S: 'NOTIFIED' }, lead_id: { S: 'L-1' } }]);
    expect(mails).toHaveLength(1);
    expect(mails[0]).not.toContain('owner@example.com');
  });

  it.each([
    ['a long name', long],
    ['a short name', short],
  ])('is enriched by a message with its key alone: %s', async (_what, name) => {
    const { postMapped, deliver, events, mails } = pipeline();
    const message = await postMapped(body(name));
    expect(await deliver(JSON.stringify({ s3_key: keyOf(message) }))).toStrictEqual({ batchItemFailures: [] });
    expect(events()).toMatchObject([{ state: { S: 'NOTIFIED' }, lead_id: { S: 'L-1' } }]);
    expect(mails).toHaveLength(1);
  });
});
