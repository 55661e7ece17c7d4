import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import { inTemporaryFolder } from '../../dev/temporary-folder';
import type { FunctionName } from '../../tests/support/bundle';
import { countingAws } from '../../tests/support/counting-aws';
import { type FunctionProcess, startFunction } from './function-process';

/** What one invocation of a deployed function takes. */
export type Count = Readonly<{
  /** AWS calls by operation, such as `PutItem`, or `PUT RawBucket` for S3. */
  calls: Readonly<Record<string, number>>;
  /** Write units in the table and in each index. */
  writeUnits: Readonly<Record<string, number>>;
  /** Bytes of the objects that it put, by bucket. */
  putBytes: Readonly<Record<string, number>>;
  /** Bytes by which the table grew, with its indexes. */
  itemBytes: number;
  logLines: number;
  logBytes: number;
  /** Custom metrics in its log, each with its dimensions. */
  metrics: readonly string[];
}>;

/** The invocations that are counted. */
export const countedPaths = {
  accepted: 'a new lead with a status',
  duplicateWaiting: 'the same request again, while the lead waits',
  duplicateMailed: 'the same request again, after the mail',
  rejected: 'a request with a wrong secret',
  quarantined: 'an authentic request that is no lead',
  enriched: 'enrichment of one lead, alone in its batch',
  enrichedTen: 'enrichment of ten leads in a batch',
  reconciled: 'a run of ReconcileFunction that finds nothing',
} as const;

export type Path = keyof typeof countedPaths;

export type Counts = Readonly<Record<Path, Count>>;

type Json = Readonly<Record<string, unknown>>;

const secret = 'secret-of-the-source';
const sources = {
  ingest: { kind: 'shared-secret', secrets: [secret] },
  crm: { auth: { scheme: 'header-secret', header: 'x-webhook-secret', secrets: [secret] } },
};

const template = JSON.parse(readFileSync(join(root, 'events', 'ingestion-ingest-accepted.json'), 'utf8')) as Json &
  Readonly<{ headers: Json; body: string }>;

const request = (body: object, key = secret): object => ({
  ...template,
  headers: { ...template.headers, 'X-Webhook-Secret': key },
  multiValueHeaders: { 'Content-Type': ['application/json'], 'X-Webhook-Secret': [key] },
  body: JSON.stringify(body),
});

/** The request of the README, with a status. */
const leadOf = (id: string): object => ({ ...(JSON.parse(template.body) as Json), lead_id: id, status: 'new' });

const toCrm = (body: object): object => ({
  ...request(body),
  resource: '/webhook/{source}',
  path: '/webhook/crm',
  pathParameters: { source: 'crm' },
});

const batchOf = (messages: readonly string[]): object => ({
  Records: messages.map((body) => ({
    messageId: randomUUID(),
    receiptHandle: 'r'.repeat(400),
    body,
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:DelayQueue',
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) },
  })),
});

const tally = (names: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

type Emf = Readonly<{
  _aws?: Readonly<{
    CloudWatchMetrics: readonly Readonly<{
      Namespace: string;
      Dimensions: readonly (readonly string[])[];
      Metrics: readonly Readonly<{ Name: string }>[];
    }>[];
  }>;
}>;

/**
 * The metrics in a log line (Amazon CloudWatch User Guide, "Specification: Embedded metric format"): each name with each
 * of its sets of dimensions is a custom metric.
 */
const metricsIn = (line: string): readonly string[] => {
  const logged = JSON.parse(line) as Emf & Json;
  return (logged._aws?.CloudWatchMetrics ?? []).flatMap(({ Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name }) =>
      Dimensions.map((names) => [Name, ...names.map((name) => `${name}=${String(logged[name])}`)].join(' ')),
    ),
  );
};

type Aws = Awaited<ReturnType<typeof countingAws>>;

/** Counts what an invocation does. `sent` are the messages that it queued. */
const counted = async (
  aws: Aws,
  { invoke }: FunctionProcess,
  event: object,
): Promise<Readonly<{ count: Count; sent: readonly string[]; result: unknown }>> => {
  let done: Awaited<ReturnType<FunctionProcess['invoke']>> = { result: undefined, lines: [] };
  const bytesBefore = aws.storedBytes();
  const { calls, called, writes } = await aws.during(async () => {
    done = await invoke(event);
  });
  const writeUnits: Record<string, number> = {};
  for (const { units } of writes)
    for (const [place, unit] of Object.entries(units)) writeUnits[place] = (writeUnits[place] ?? 0) + unit;
  const puts = called.filter(({ operation }) => operation.startsWith('PUT '));
  const putBytes: Record<string, number> = {};
  for (const { operation, body } of puts) {
    const bucket = operation.split('/')[1] ?? '';
    putBytes[bucket] = (putBytes[bucket] ?? 0) + Buffer.byteLength(String(body.text));
  }
  return {
    count: {
      calls: tally(calls),
      writeUnits: Object.fromEntries(Object.entries(writeUnits).sort(([one], [other]) => (one < other ? -1 : 1))),
      putBytes,
      itemBytes: aws.storedBytes() - bytesBefore,
      logLines: done.lines.length,
      logBytes: done.lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0),
      metrics: [...new Set(done.lines.flatMap(metricsIn))].sort(),
    },
    sent: called.flatMap(({ operation, body }) => (operation === 'SendMessage' ? [String(body.MessageBody)] : [])),
    result: done.result,
  };
};

const answered = (result: unknown, status: number): void => {
  const { statusCode } = result as Readonly<{ statusCode?: number }>;
  if (statusCode !== status) throw new Error(`answered ${statusCode} instead of ${status}: ${JSON.stringify(result)}`);
};

/** Every message of a batch must have been finished. */
const finished = (result: unknown): void => {
  const { batchItemFailures } = result as Readonly<{ batchItemFailures?: readonly unknown[] }>;
  if (batchItemFailures?.length !== 0) throw new Error(`not enriched: ${JSON.stringify(result)}`);
};

const run = async (aws: Aws, start: (name: FunctionName) => Promise<FunctionProcess>): Promise<Counts> => {
  const ingestion = await start('IngestionFunction');
  const enrichment = await start('EnrichmentFunction');
  const reconciliation = await start('ReconcileFunction');
  try {
    const post = async (event: object, status: number) => {
      const done = await counted(aws, ingestion, event);
      answered(done.result, status);
      return done;
    };
    const accept = async (id: string) => {
      aws.putObject(`/LookupBucket/${id}.json`, { owner_name: 'Bob Builder', owner_email: 'bob@example.com' });
      return post(request(leadOf(id)), 202);
    };
    const enrich = async (messages: readonly string[]) => {
      const done = await counted(aws, enrichment, batchOf(messages));
      finished(done.result);
      return done.count;
    };
    // The first invocation of a process reads the secret, and its log says that it was a cold start.
    const { sent: first } = await accept('lead-0');
    await enrich(first);
    await counted(aws, reconciliation, {});

    const one = await accept('lead-1');
    const enriched = await enrich(one.sent);
    await accept('lead-2');
    const duplicateWaiting = await post(request(leadOf('lead-2')), 200);
    const duplicateMailed = await post(request(leadOf('lead-1')), 200);
    const rejected = await post(request(leadOf('lead-1'), 'wrong'), 401);
    const quarantined = await post(toCrm({ email: 'alice@example.com', display_name: 'Alice' }), 202);
    const ten: string[] = [];
    for (let index = 10; index < 20; index++) ten.push(...(await accept(`lead-${index}`)).sent);
    const enrichedTen = await enrich(ten);
    const { count: reconciled } = await counted(aws, reconciliation, {});
    return {
      accepted: one.count,
      duplicateWaiting: duplicateWaiting.count,
      duplicateMailed: duplicateMailed.count,
      rejected: rejected.count,
      quarantined: quarantined.count,
      enriched,
      enrichedTen,
      reconciled,
    };
  } finally {
    for (const { end } of [ingestion, enrichment, reconciliation]) end();
  }
};

/**
 * Counts the AWS calls, write units and log bytes of the deployed functions. They run as SAM bundles them, against a
 * server in place of AWS that keeps what they store.
 *
 * @throws an Error if a function does not do what is counted
 */
export const countPaths = (): Promise<Counts> =>
  inTemporaryFolder('cost', async (folder) => {
    const aws = await countingAws(sources);
    try {
      return await run(aws, (name) => {
        const own = join(folder, name);
        mkdirSync(own);
        return startFunction(name, own, aws.endpoint);
      });
    } finally {
      aws.close();
    }
  });
