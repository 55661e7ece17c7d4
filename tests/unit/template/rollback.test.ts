import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { search } from '@aws-lambda-powertools/jmespath';
import { ofType } from '../../support/the-template';
import { root } from '../../../dev/paths';

const page = readFileSync(join(root, 'docs', 'production.md'), 'utf8');
const [, section = ''] = /### Roll-back by alarms\n(.*?)\n### /s.exec(page) ?? [];
const queries = [...section.matchAll(/'([^']*`[^']*)'/g)].map(([, query = '']) => query);

/** A stack's alarms, as `aws cloudwatch describe-alarms` lists them. */
const alarms = {
  MetricAlarms: ofType('AWS::CloudWatch::Alarm').map(([name]) => ({
    AlarmName: `stack-${name}-x1`,
    AlarmArn: `arn:aws:cloudwatch:eu-north-1:000000000000:alarm:stack-${name}-x1`,
    Threshold: 0,
  })),
};

describe('the commands that make alarms roll a deployment back', () => {
  test('choose the error alarms of the functions and of the API, at most five, which is what CloudFormation takes', () => {
    const names = ['Ingestion', 'Enrichment', 'Query', 'Reconcile', 'Api'].map((part) => `${part}ErrorAlarm`);
    const chosen = search(queries[0] ?? '', alarms) as Readonly<{ RollbackTriggers: readonly { Arn: string }[] }>;
    expect(chosen).toMatchObject({ MonitoringTimeInMinutes: 30 });
    expect([...chosen.RollbackTriggers].sort((one, other) => one.Arn.localeCompare(other.Arn))).toEqual(
      names.sort().map((name) => ({
        Arn: `arn:aws:cloudwatch:eu-north-1:000000000000:alarm:stack-${name}-x1`,
        Type: 'AWS::CloudWatch::Alarm',
      })),
    );
  });

  test('keep the value of each parameter', () => {
    const Stacks = [{ Parameters: [{ ParameterKey: 'LogLevel', ParameterValue: 'INFO' }] }];
    expect(search(queries[1] ?? '', { Stacks })).toEqual([{ ParameterKey: 'LogLevel', UsePreviousValue: true }]);
  });
});
