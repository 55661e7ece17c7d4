import type { APIGatewayProxyEvent, SQSEvent } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enrichLead } from '../../../EnrichmentFunction/enrich-lead';
import { answerBatch } from '../../../EnrichmentFunction/sqs/answer-batch';
import { toRequest } from '../../../IngestionFunction/http/request';
import { receiveLead } from '../../../IngestionFunction/receive-lead';
import * as ingestion from '../../../IngestionFunction/http/response';
import { answer } from '../../../QueryFunction/answer-question';
import { withCors } from '../../../QueryFunction/http/cors';
import { toQuestion } from '../../../QueryFunction/http/request';
import * as query from '../../../QueryFunction/http/response';
import { requeueStuck } from '../../../ReconcileFunction/requeue-stuck';
import { logger } from '../../../shared/lambda/logger';
import type { QueueMessage } from '../../../shared/stored/queue-message';
import type { RawKey } from '../../../shared/lead/raw-key';
import type { RawEvent } from '../../../shared/lead/recorded-event';
import { factsOf } from '../../../shared/stored/recorded-facts';
import { arbitraryBatchPorts, arbitraryRecord } from '../../support/arbitrary';
import { acceptingReceivePorts } from '../../support/receive-ports';
import { root } from '../../../dev/paths';

const folder = join(root, 'events');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const done = () => TE.right(undefined);

beforeAll(() => logger.setLogLevel('SILENT'));

/** The status with which IngestionFunction answers each of its events. */
const ingestionStatuses: Readonly<Record<string, number>> = {
  'ingestion-ingest-accepted.json': 202,
  'ingestion-ingest-base64-accepted.json': 202,
  'ingestion-webhook-accepted.json': 202,
  'ingestion-not-json.json': 400,
  'ingestion-wrong-secret.json': 401,
  'ingestion-unknown-source.json': 401,
  'ingestion-too-large.json': 413,
  'ingestion-wrong-type.json': 415,
  'ingestion-not-a-lead.json': 422,
};

const ingest = receiveLead(acceptingReceivePorts());

test.each(Object.entries(ingestionStatuses))('%s is answered with %i', async (name, status) => {
  const outcome = await pipe(toRequest('')(read(name) as APIGatewayProxyEvent), TE.fromEither, TE.flatMap(ingest))();
  expect(pipe(outcome, E.match(ingestion.toProblem, ingestion.toResponse)).statusCode).toBe(status);
});

/** The results of each event of EnrichmentFunction: the mails that it sends, and the messages that it fails. */
const enrichmentOutcomes: Readonly<Record<string, Readonly<{ mails: number; failures: number }>>> = {
  'enrichment-by-hand.json': { mails: 1, failures: 0 },
  'enrichment-queued.json': { mails: 1, failures: 0 },
  'enrichment-batch-with-one-missing.json': { mails: 2, failures: 1 },
  'enrichment-refresh.json': { mails: 0, failures: 0 },
  'enrichment-unreadable-message.json': { mails: 0, failures: 1 },
  'enrichment-outside-raw.json': { mails: 0, failures: 1 },
};

test.each(Object.entries(enrichmentOutcomes))('%s leads to %j', async (name, expected) => {
  let mails = 0;
  const messages = (read(name) as SQSEvent).Records.map(({ body }) => body).filter((body) => body.startsWith('{'));
  const rawOf = (key: RawKey): RawEvent => {
    const { lead_id, event_id } = messages
      .map((body) => JSON.parse(body) as QueueMessage)
      .find(({ s3_key }) => s3_key === key)!;
    const record = arbitraryRecord(lead_id === undefined ? {} : { lead_id });
    return { ...record, eventId: event_id ?? record.eventId, labelled: true };
  };
  const enrich = enrichLead({
    readRaw: (key) => (key.includes('no-such') ? TE.left({ kind: 'missing' }) : TE.right(rawOf(key))),
    findRecords: () => TE.right([]),
    readOwner: () => TE.right({ owner_name: 'Bob' }),
    noteRetry: done,
    claimEvent: (record) => TE.right({ kind: 'claimed', leaseUntil: new Date(), known: factsOf(record) }),
    storeEnriched: done,
    saveEnrichedLead: done,
    sendMail: () => TE.fromIO(() => void (mails += 1)),
    markNotified: done,
    recordFailure: done,
    endRefresh: done,
    postpone: done,
    resend: done,
    maxReceives: 3,
    unconfirmedPauseMs: 900_000,
  });
  const { batchItemFailures } = await answerBatch(arbitraryBatchPorts(enrich))(read(name) as SQSEvent, () => 30_000);
  expect({ mails, failures: batchItemFailures.length }).toStrictEqual(expected);
});

/** The status with which QueryFunction answers each of its events, if the table has one lead. */
const queryStatuses: Readonly<Record<string, number>> = {
  'query-by-email.json': 200,
  'query-by-owner.json': 200,
  'query-by-status.json': 200,
  'query-lead.json': 200,
  'query-without-a-question.json': 400,
  'query-bad-cursor.json': 400,
  'query-unknown-lead.json': 404,
};

const known = {
  lead_id: 'LD-FINAL-001',
  event_id: 'e',
  source: 'lead_ingest',
  s3_key: arbitraryRecord().s3Key,
  state: 'RECEIVED' as const,
  received_at: '2026-11-24T12:00:00.000Z',
  event_time: '2026-11-24T12:00:00.000Z',
  pending_since: '2026-11-24T12:00:00.000Z',
};

test.each(Object.entries(queryStatuses))('%s is answered with %i', async (name, status) => {
  const ask = answer({
    findLeads: ({ cursor }) =>
      cursor === undefined ? TE.right({ leads: [], next: undefined, unreadable: [] }) : TE.left({ kind: 'bad-cursor' }),
    readHistory: ({ leadId }) =>
      TE.right({
        leads: [],
        events: leadId === known.lead_id ? [{ ...known, lead_id: leadId }] : [],
        next: undefined,
        unreadable: [],
      }),
  });
  const outcome = await pipe(toQuestion(read(name) as APIGatewayProxyEvent), TE.fromEither, TE.flatMap(ask))();
  expect(pipe(outcome, E.match(query.toProblem, query.toResponse)).statusCode).toBe(status);
});

test('query-preflight.json is answered with 204, if CorsAllowedOrigin is its origin', async () => {
  const respond = withCors('https://crm.example.com')(() => Promise.reject(new Error('not called')));
  expect(await respond(read('query-preflight.json') as APIGatewayProxyEvent)).toMatchObject({ statusCode: 204 });
});

test('reconcile.json makes ReconcileFunction queue a stuck event', async () => {
  expect(read('reconcile.json')).toMatchObject({ 'detail-type': 'Scheduled Event' });
  const queued: unknown[] = [];
  const stuck = { ...known, lead_id: arbitraryRecord().event.lead_id, pending_since: known.received_at };
  const outcome = await requeueStuck({
    findPending: () => TE.right({ events: [stuck], unreadable: [] }),
    enqueue: (message) => TE.fromIO(() => void queued.push(message)),
    markRequeued: done,
    giveUp: () => TE.right(true),
    now: () => new Date(),
    patienceMs: 1,
    limit: 10,
    runMs: 10_000,
    maxReceives: 3,
    maxLostMessages: 3,
    workerLifeMs: 60_000,
    readQueueLoad: TE.right({ waiting: 0, inFlight: 0 }),
  })();
  expect(outcome).toStrictEqual(E.right({ requeued: [stuck], givenUp: [], postponed: [], failed: [] }));
  expect(queued).toStrictEqual([{ s3_key: stuck.s3_key, lead_id: stuck.lead_id, event_id: stuck.event_id }]);
});

test('a test of this file runs every event in events/', () => {
  expect(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort(),
  ).toStrictEqual(
    [
      ...Object.keys(ingestionStatuses),
      ...Object.keys(enrichmentOutcomes),
      ...Object.keys(queryStatuses),
      'query-preflight.json',
      'reconcile.json',
    ].sort(),
  );
});
