import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  paginateScan,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { S3Client, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { buildTemplate, deployTemplate, type Outputs, removeBuild } from '../../dev/cloud/deploy';
import { seedStack } from '../../dev/cloud/seed';
import { stack } from '../stack/cloud';
import { type Credentials, deployedStacks } from '../stack/deployed';
import { leadlineOf } from '../stack/leadline-process';
import { stackParameters } from '../stack/parameters';
import { makeReaderKey } from '../stack/reader-key';
import { eventually, newLeadId } from '../stack/waiting';

const { endpoint, credentials } = deployedStacks()[0];
const place = { endpoint, credentials, region: 'eu-west-1', stackName: 'crm-recovery' };
const parameters = {
  ...stackParameters,
  EnrichmentDelaySeconds: 2,
  TableName: 'lost',
  ReaderUserName: 'reader-recovery',
};

let build = '';
let trusted = '';

beforeAll(async () => {
  build = await buildTemplate();
  const { Account } = await new STSClient(place).send(new GetCallerIdentityCommand({}));
  trusted = `arn:aws:iam::${Account}:root`;
});
afterAll(() => removeBuild(build));

const deploy = (more: Readonly<Record<string, string>>): Promise<Outputs> =>
  deployTemplate(build, { ...place, parameters: { ...parameters, ReaderRoleTrustArn: trusted, ...more } });

/** Copies a table to a new one with the same keys and indexes, as a restore from a backup does. */
const restore = async (client: DynamoDBClient, from: string, to: string): Promise<void> => {
  const { Table = {} } = await client.send(new DescribeTableCommand({ TableName: from }));
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes = [] } = Table;
  await client.send(
    new CreateTableCommand({
      ...{ TableName: to, AttributeDefinitions, KeySchema, BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => ({
        ...{ IndexName: index.IndexName, KeySchema: index.KeySchema, Projection: index.Projection },
      })),
    }),
  );
  for await (const { Items = [] } of paginateScan({ client }, { TableName: from }))
    for (const Item of Items) await client.send(new PutItemCommand({ TableName: to, Item }));
};

describe('a stack whose table is lost', () => {
  it('adopts a restored table: old leads are read, new ones are mailed, and a reader role may query them', async () => {
    const outputs = await deploy({});
    await seedStack({ ...place, sender: stackParameters.SesFromAddress }, outputs);
    const reader = await makeReaderKey(place, parameters.ReaderUserName);
    const deployed = { ...place, cloud: 'embedded', outputs, delaySeconds: 2, reader } as const;
    const before = stack(deployed);
    const old = newLeadId();
    await before.putOwner(old, { owner_name: 'Bob' });
    await before.post('/ingest', { lead_id: old, lead_email: 'old@example.com' });
    await eventually('the mail', async () => ((await before.mailsAbout(old)).length > 0 ? true : undefined));
    const isNotified = async (cloud: typeof before, leadId: string) =>
      (await cloud.items()).some(({ lead_id, state }) => lead_id === leadId && state === 'NOTIFIED') ? true : undefined;
    await eventually('NOTIFIED', () => isNotified(before, old));

    await restore(before.dynamodb, 'lost', 'restored');
    // What came after the backup is only in the lost table, and in the objects.
    const late = newLeadId();
    await before.putOwner(late, { owner_name: 'Eve' });
    await before.post('/ingest', { lead_id: late, lead_email: 'late@example.com' });
    await eventually('NOTIFIED', () => isNotified(before, late));
    const itemsLost = (await before.items()).length;

    const leadline = leadlineOf(before);
    const rebuilt = await leadline(
      '--stack-name',
      place.stackName,
      'rebuild',
      '--table',
      'restored',
      '--yes',
      '--json',
    );
    expect(JSON.parse(rebuilt.printed)).toMatchObject({ objects: 2, present: 1, notified: 1 });

    const adopted = await deploy({ AdoptTableName: 'restored' });
    expect(adopted.TableName).toBe('restored');
    const after = stack({ ...deployed, outputs: adopted });
    for (const leadId of [old, late])
      expect(await after.get(`/leads/${leadId}`, reader)).toMatchObject({
        status: 200,
        body: { lead: { state: 'NOTIFIED' } },
      });
    const again = await after.post('/ingest', { lead_id: late, lead_email: 'late@example.com' });
    expect(again).toMatchObject({ status: 200, body: { status: 'duplicate' } });
    const fresh = newLeadId();
    await after.putOwner(fresh, { owner_name: 'Ada' });
    await after.post('/ingest', { lead_id: fresh, lead_email: 'fresh@example.com' });
    await eventually('NOTIFIED', () => isNotified(after, fresh));
    for (const leadId of [old, late, fresh]) expect(await after.mailsAbout(leadId)).toHaveLength(1);
    // The lost table stays, and nothing writes to it.
    expect((await before.items()).length).toBe(itemsLost);

    const { ReaderRoleArn } = adopted as Outputs & Readonly<{ ReaderRoleArn: string }>;
    const assumed = await new STSClient(place).send(
      new AssumeRoleCommand({ RoleArn: ReaderRoleArn, RoleSessionName: 'test' }),
    );
    const session: Credentials = {
      accessKeyId: assumed.Credentials?.AccessKeyId ?? '',
      secretAccessKey: assumed.Credentials?.SecretAccessKey ?? '',
      sessionToken: assumed.Credentials?.SessionToken ?? '',
    };
    expect((await after.get(`/leads/${old}`, session)).status).toBe(200);
    expect((await after.get('/leads?email=old@example.com', session)).status).toBe(200);
    const client = after.clientFor(session);
    const denied = { name: expect.stringMatching(/^AccessDenied/) as string };
    const scan = new DynamoDBClient(client).send(new ScanCommand({ TableName: 'restored' }));
    await expect(scan).rejects.toMatchObject(denied);
    const objects = new S3Client({ ...client, forcePathStyle: true }).send(
      new ListObjectsV2Command({ Bucket: adopted.RawBucketName }),
    );
    await expect(objects).rejects.toMatchObject(denied);
    // Only the trusted principal may assume the role.
    const other = new STSClient({ ...place, credentials: reader }).send(
      new AssumeRoleCommand({ RoleArn: ReaderRoleArn, RoleSessionName: 'other' }),
    );
    await expect(other).rejects.toMatchObject(denied);
  });
});
