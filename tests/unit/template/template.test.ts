import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, entries, list, type Node, readTemplate } from '../../support/read-template';
import { root } from '../../../dev/paths';

const template = readTemplate('template.yaml');
const resources = entries(at(template, 'Resources'));
const resource = (name: string) => at(template, 'Resources', name);
const ofType = (type: string) => resources.filter(([, one]) => at(one, 'Type') === type);
const functions = ['Ingestion', 'Enrichment', 'Query', 'Reconcile'];
const source = (path: string) => readFileSync(join(root, path), 'utf8');
const text = (node: Node | undefined) => (typeof node === 'string' ? node : '');
const sorted = (values: Iterable<string>) => [...new Set(values)].sort();

describe('the template', () => {
  test('says where everything is, by the names that people and programs rely on', () => {
    expect(
      entries(at(template, 'Outputs'))
        .map(([name]) => name)
        .filter((name) => !name.endsWith('Command')),
    ).toEqual([
      'ApiUrl',
      'ApiId',
      'DelayQueueUrl',
      'RetryQueueUrl',
      'DeadLetterQueueUrl',
      'RawBucketName',
      'LookupBucketName',
      'EnrichedBucketName',
      'TableName',
      'SourcesSecretName',
      'ReaderUserName',
    ]);
  });

  test('asks for nothing but the two addresses', () => {
    const asked = entries(at(template, 'Parameters')).filter(([, parameter]) => at(parameter, 'Default') === undefined);
    expect(asked.map(([name]) => name)).toEqual(['SesFromAddress', 'SesToAddress']);
  });

  test('keeps all data when the stack is deleted or a store is replaced', () => {
    const stores = [...ofType('AWS::S3::Bucket'), ...ofType('AWS::DynamoDB::Table')];
    expect(stores).toHaveLength(4);
    for (const [, store] of stores) {
      expect(at(store, 'DeletionPolicy')).toBe('RetainExceptOnCreate');
      expect(at(store, 'UpdateReplacePolicy')).toBe('Retain');
    }
  });

  test('hides a failed message for six times as long as its function may run', () => {
    const timeout = Number(at(template, 'Globals', 'Function', 'Timeout'));
    expect(at(resource('EnrichmentFunction'), 'Properties', 'Timeout')).toBeUndefined();
    expect(Number(at(template, 'Parameters', 'RetryAfterSeconds', 'Default'))).toBeGreaterThanOrEqual(6 * timeout);
  });

  test('hands out a message three times, whichever way it goes, before it is a dead letter', () => {
    const receives = (queue: string) => Number(at(resource(queue), 'Properties', 'RedrivePolicy', 'maxReceiveCount'));
    for (const name of ['EnrichmentFunction', 'ReconcileFunction']) {
      const variables = at(resource(name), 'Properties', 'Environment', 'Variables');
      expect(Number(at(variables, 'MAX_RECEIVES'))).toBe(receives('DelayQueue'));
    }
    // A message of the retry queue was received once before.
    expect(receives('RetryQueue')).toBe(receives('DelayQueue') - 1);
  });

  test('works on the messages of the retry queue one by one', () => {
    const batch = (queue: string) =>
      Number(at(resource('EnrichmentFunction'), 'Properties', 'Events', queue, 'Properties', 'BatchSize'));
    expect(batch('RetryQueue')).toBe(1);
    expect(batch('DelayQueue')).toBe(10);
  });

  test('keeps a message shorter than it keeps a dead letter, and the record of an event longer', () => {
    const days = (queue: string) => Number(at(resource(queue), 'Properties', 'MessageRetentionPeriod')) / 86_400;
    expect(days('DelayQueue')).toBeLessThan(days('DeadLetterQueue'));
    expect(days('RetryQueue')).toBe(days('DelayQueue'));
    expect(Number(at(template, 'Parameters', 'EventRetentionDays', 'MinValue'))).toBeGreaterThan(
      days('DeadLetterQueue'),
    );
  });

  test('tries a failed message again before it counts as stuck', () => {
    const stuck = Number(
      at(resource('ReconcileFunction'), 'Properties', 'Environment', 'Variables', 'STUCK_AFTER_SECONDS'),
    );
    expect(Number(at(template, 'Parameters', 'RetryAfterSeconds', 'MaxValue'))).toBeLessThan(stuck);
  });

  test('says in each alarm what to do first', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(10);
    for (const [, alarm] of alarms) expect(at(alarm, 'Properties', 'AlarmDescription')).toMatch(/First/);
  });

  test('shows on its dashboard every metric that the functions count', () => {
    const counted = [...source('shared/lambda/metrics.ts').matchAll(/^ {2}\| '(\w+)'/gm)].map(([, name]) => name);
    const dashboard = JSON.stringify(at(resource('Dashboard'), 'Properties', 'DashboardBody'));
    expect(counted).toContain('LeadAccepted');
    for (const name of counted) expect(dashboard).toContain(name);
  });

  test('writes no access log with a person in it', () => {
    const format = text(at(resource('LeadApi'), 'Properties', 'AccessLogSetting', 'Format'));
    expect(Object.keys(JSON.parse(format) as object)).toContain('requestId');
    expect(format).not.toMatch(/sourceIp|userAgent|identity|context\.path|queryString|header/i);
  });

  test('knows every parameter that samconfig.toml sets', () => {
    const set = [...source('samconfig.toml').matchAll(/^ +"(\w+)=/gm)].map(([, name]) => name);
    expect(set).toContain('TableName');
    const known = entries(at(template, 'Parameters')).map(([name]) => name);
    for (const name of set) expect(known).toContain(name);
  });
});

describe.each(functions)('%sFunction', (name) => {
  const properties = at(resource(`${name}Function`), 'Properties');

  test('has the settings that its code reads', () => {
    const reads = [...source(`${name}Function/compose.ts`).matchAll(/\b([A-Z][A-Z_]{3,}): (?:text|count|t\.)/g)];
    const declared = [
      ...entries(at(template, 'Globals', 'Function', 'Environment', 'Variables')),
      ...entries(at(properties, 'Environment', 'Variables')),
    ].map(([variable]) => variable);
    expect(sorted(reads.map(([, variable = '']) => variable))).toEqual(
      sorted(declared.filter((variable) => !/^(POWERTOOLS|AWS)_/.test(variable))),
    );
  });

  test('may do what its code does, and nothing else', async () => {
    const statements = list(at(resource(`${name}Role`), 'Properties', 'Policies')).flatMap((policy) =>
      list(at(policy, 'PolicyDocument', 'Statement')),
    );
    const allowed = statements.flatMap((statement) => list(at(statement, 'Action'))).map(String);
    expect(sorted(allowed.filter((action) => !runtimeActions.has(action)))).toEqual(
      sorted([...(await actionsOf(name)), ...(beyondItsCode[name] ?? [])]),
    );
  });

  test('may not do it everywhere', () => {
    const statements = list(at(resource(`${name}Role`), 'Properties', 'Policies')).flatMap((policy) =>
      list(at(policy, 'PolicyDocument', 'Statement')),
    );
    const everywhere = statements
      .filter((statement) => list(at(statement, 'Resource')).includes('*') && at(statement, 'Condition') === undefined)
      .flatMap((statement) => list(at(statement, 'Action')));
    expect(everywhere).toEqual(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
  });

  test('writes its log to a group that is kept for a time, and to no other', () => {
    const functionName = text(at(properties, 'FunctionName', 'Sub'));
    const group = at(resource(`${name}Logs`), 'Properties');
    expect(at(group, 'LogGroupName', 'Sub')).toBe(`/aws/lambda/${functionName}`);
    expect(at(group, 'RetentionInDays')).toEqual({ Ref: 'LogRetentionDays' });
    expect(JSON.stringify(at(resource(`${name}Role`), 'Properties'))).toContain(`"GetAtt":"${name}Logs.Arn"`);
  });
});

/** What Lambda itself needs, and what an own key needs. */
const runtimeActions = new Set([
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
]);

const services: Readonly<Record<string, string>> = {
  '@aws-sdk/client-dynamodb': 'dynamodb',
  '@aws-sdk/client-s3': 's3',
  '@aws-sdk/client-secrets-manager': 'secretsmanager',
  '@aws-sdk/client-ses': 'ses',
  '@aws-sdk/client-sqs': 'sqs',
};

/** The event source mapping polls in the function's name, and S3 tells a missing key only to who may list. */
const beyondItsCode: Readonly<Record<string, readonly string[]>> = {
  Enrichment: ['s3:ListBucket', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
};

/** The action of every SDK command that the function's bundle sends, itself or through a paginator. */
const actionsOf = async (name: string): Promise<readonly string[]> => {
  const { outputFiles } = await build({
    entryPoints: [join(root, `${name}Function`, 'app.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const bundle = outputFiles[0]?.text ?? '';
  const imports = [...bundle.matchAll(/^import \{([^}]*)\} from "([^"]*)"/gm)].flatMap(([, names = '', client = '']) =>
    names.split(',').map((imported) => ({ client, name: imported.trim().split(' as ') })),
  );
  return imports.flatMap(({ client, name: [exported = '', local = exported] }) => {
    const service = services[client];
    const match = /^(?:paginate(\w+)|(\w+)Command)$/.exec(exported);
    const command = match?.[1] ?? match?.[2];
    // An import without a use is left over from a module of which only another part is used.
    const isUsed = new RegExp(`\\b${local}\\(`).test(bundle);
    return service !== undefined && command !== undefined && isUsed ? [`${service}:${command}`] : [];
  });
};

describe('the reader', () => {
  const reader = readTemplate('reader.yaml');

  test('may invoke the two query routes and nothing else', () => {
    const statements: readonly Node[] = list(
      at(reader, 'Resources', 'Policy', 'Properties', 'PolicyDocument', 'Statement'),
    );
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: [{ Sub: '${StageArn}/GET/leads' }, { Sub: '${StageArn}/GET/leads/*' }],
      },
    ]);
  });

  test('is made only if it is given a name', () => {
    expect(at(resource('Reader'), 'Condition')).toBe('HasReader');
  });
});
