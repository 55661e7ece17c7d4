import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localEnvironment } from '../../dev/start/environment';
import { root } from '../../dev/paths';
import { venvProgram } from '../../dev/python/python';
import { runCommand } from '../../dev/run-command';
import { samLocalEnvironment } from '../../dev/checks/sam-local-env';
import { removeTemporaryFolder, temporaryFolder } from '../../dev/temporary-folder';
import { eventKey, pendingPartition } from '../../shared/aws/table-keys';
import type { LeadId } from '../../shared/lead/lead-id';
import { stack } from '../stack/cloud';
import { deployedStacks } from '../stack/deployed';
import { newLeadId } from '../stack/waiting';

const cloud = stack(deployedStacks()[0]);
const { outputs, stackName } = cloud;
const network = process.env.LEADLINE_NETWORK ?? '';
const folder = temporaryFolder('sam-local');
const environmentFile = join(folder, 'environment.json');

/** Runs a function with `sam local invoke` on a file of events/, and returns its answer. */
const invoke = async (functionName: string, event: string): Promise<unknown> => {
  const printed = await runCommand({
    program: venvProgram('tools', 'python'),
    args: [
      ...['-m', 'samcli', 'local', 'invoke', functionName, '--event', join(root, 'events', event)],
      ...['--template-file', join(process.env.LEADLINE_BUILD ?? '', 'template.yaml'), '--env-vars', environmentFile],
      ...['--config-file', join(root, 'samconfig.toml'), '--config-env', 'local', '--docker-network', network],
    ],
    env: localEnvironment(),
  });
  const answer = printed
    .split('\n')
    .filter((line) => line.startsWith('{') && !line.includes('"_aws"') && !line.includes('"level"'))
    .at(-1);
  if (answer === undefined) throw new Error(`${functionName} did not answer:\n${printed}`);
  return JSON.parse(answer) as unknown;
};

beforeAll(async () => {
  writeFileSync(environmentFile, JSON.stringify(await samLocalEnvironment(cloud, 'http://localstack:4566', stackName)));
});

afterAll(() => removeTemporaryFolder(folder));

describe('sam local invoke', () => {
  it('IngestionFunction stores and queues a lead', async () => {
    const answer = await invoke('IngestionFunction', 'ingestion-ingest-base64-accepted.json');
    expect(answer).toMatchObject({ statusCode: 202 });
    expect(await cloud.keysOf(outputs.RawBucketName, 'raw/crm_event_test-2_')).toHaveLength(1);
  });

  it('EnrichmentFunction enriches and mails a raw object', async () => {
    const event = JSON.parse(readFileSync(join(root, 'events', 'enrichment-by-hand.json'), 'utf8')) as {
      Records: [{ body: string }];
    };
    const { s3_key } = JSON.parse(event.Records[0].body) as { s3_key: string };
    await cloud.putRaw(s3_key, { lead_id: 'test-1', lead_email: 'sam-local@example.com' });
    expect(await invoke('EnrichmentFunction', 'enrichment-by-hand.json')).toStrictEqual({ batchItemFailures: [] });
    expect(await cloud.readJson(outputs.EnrichedBucketName, s3_key.replace('raw/', 'enriched/'))).toMatchObject({
      lead: { lead_email: 'sam-local@example.com' },
      owner: { owner_name: 'Bob Builder' },
    });
    expect(await cloud.mailsAbout('test-1')).toHaveLength(1);
  });

  it('QueryFunction finds a lead', async () => {
    await cloud.post('/webhook', {
      webhook_id: 'lead_ingest',
      secret_key: 'super-secret-123',
      lead_id: 'LD-FINAL-001',
      email: 'zote@themighty.com',
      status: 'glorious',
    });
    const answer = (await invoke('QueryFunction', 'query-by-email.json')) as { statusCode: number; body: string };
    expect(answer.statusCode).toBe(200);
    // A lead of another test may have the same address.
    const { leads } = JSON.parse(answer.body) as { leads: { lead_id: string }[] };
    expect(leads.find(({ lead_id }) => lead_id === 'LD-FINAL-001')).toMatchObject({ status: 'glorious' });
  });

  it('ReconcileFunction queues a stuck event', async () => {
    let { run, isRequeued } = await reconcileStuck();
    // The deployed function, which runs every five minutes, was faster. It does not run again so soon.
    if (isRequeued && run.requeued === 0) ({ run, isRequeued } = await reconcileStuck());
    expect(run).toMatchObject({ given_up: 0, failed: 0 });
    // While messages of other tests wait, it queues nothing and counts the event as postponed.
    expect(run.requeued + run.postponed).toBeGreaterThanOrEqual(1);
    expect(isRequeued).toBe(run.requeued > 0);
  });
});

/** Puts a stuck event into the table, and runs ReconcileFunction. */
const reconcileStuck = async () => {
  const leadId = newLeadId() as LeadId;
  const eventId = 'f'.repeat(64);
  const longAgo = '2026-01-01T00:00:00.000Z';
  await cloud.dynamodb.send(
    new PutItemCommand({
      TableName: outputs.TableName,
      Item: marshall({
        ...eventKey({ leadId, eventId }),
        lead_id: leadId,
        event_id: eventId,
        source: 'ingest',
        s3_key: `raw/stuck-${leadId}.json`,
        state: 'RECEIVED',
        received_at: longAgo,
        event_time: longAgo,
        pending: pendingPartition(eventId),
        pending_since: longAgo,
      }),
    }),
  );
  const run = (await invoke('ReconcileFunction', 'reconcile.json')) as Record<'requeued' | 'postponed', number>;
  return { run, isRequeued: (await cloud.event(leadId, eventId)).requeued_at !== undefined };
};
