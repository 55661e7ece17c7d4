import { enrichmentSettings } from '../../../EnrichmentFunction/compose';
import { ingestionSettings } from '../../../IngestionFunction/compose';
import { querySettings } from '../../../QueryFunction/compose';
import { reconcileSettings } from '../../../ReconcileFunction/compose';
import { at, entries, list } from '../../support/read-template';
import { sdkActionsOf } from '../../support/sdk-actions';
import { properties, statementsOf, template, textOf } from '../../support/the-template';

const settings = {
  Ingestion: ingestionSettings,
  Enrichment: enrichmentSettings,
  Query: querySettings,
  Reconcile: reconcileSettings,
} as const;

const functions = Object.keys(settings) as (keyof typeof settings)[];

const sorted = (values: Iterable<string>) => [...new Set(values)].sort();

/** What Lambda and X-Ray need of every role. */
const runtimeActions = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
];

/** Lambda polls the queues with the function's role. S3 answers 404 for a missing key only to a role that may list. */
const beyondItsCode: Readonly<Record<string, readonly string[]>> = {
  Enrichment: ['s3:ListBucket', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
};

describe.each(functions)('%sFunction', (name) => {
  test('has the environment variables that its code decodes', () => {
    const declared = [
      ...entries(at(template, 'Globals', 'Function', 'Environment', 'Variables')),
      ...entries(at(properties(`${name}Function`), 'Environment', 'Variables')),
    ].map(([variable]) => variable);
    expect(sorted(Object.keys(settings[name].props))).toEqual(
      sorted(declared.filter((variable) => !/^(POWERTOOLS|AWS)_|^METRIC_SOURCES$/.test(variable))),
    );
  });

  test('may call what its code calls, and nothing else', async () => {
    const allowed = statementsOf(`${name}Role`)
      .flatMap((statement) => list(at(statement, 'Action')))
      .map(String);
    // policies.test.ts covers the KMS key.
    expect(sorted(allowed.filter((action) => !runtimeActions.includes(action) && !action.startsWith('kms:')))).toEqual(
      sorted([...(await sdkActionsOf(`${name}Function/app.ts`)), ...(beyondItsCode[name] ?? [])]),
    );
  });

  test('may use only X-Ray on every resource', () => {
    const everywhere = statementsOf(`${name}Role`)
      .filter((statement) => list(at(statement, 'Resource')).includes('*') && at(statement, 'Condition') === undefined)
      .flatMap((statement) => list(at(statement, 'Action')));
    expect(everywhere).toEqual(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
  });

  test('writes its log to a group that is kept for LogRetentionDays, and to no other', () => {
    const functionName = textOf(at(properties(`${name}Function`), 'FunctionName', 'Sub'));
    const group = properties(`${name}Logs`);
    expect(at(group, 'LogGroupName', 'Sub')).toBe(`/aws/lambda/${functionName}`);
    expect(at(group, 'RetentionInDays')).toEqual({ Ref: 'LogRetentionDays' });
    const logging = statementsOf(`${name}Role`).filter((statement) =>
      list(at(statement, 'Action')).includes('logs:PutLogEvents'),
    );
    expect(logging.flatMap((statement) => list(at(statement, 'Resource')))).toEqual([{ GetAtt: `${name}Logs.Arn` }]);
  });
});
