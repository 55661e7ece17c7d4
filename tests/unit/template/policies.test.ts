import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, entries, list, type Node } from '../../support/read-template';
import { ofType, properties, statementsOf } from '../../support/the-template';
import { root } from '../../../dev/paths';
import { activityPartition } from '../../../shared/aws/table-keys';

const roles = ['IngestionRole', 'EnrichmentRole', 'QueryRole', 'ReconcileRole'];
const statementFor = (role: string, action: string): readonly Node[] =>
  statementsOf(role).filter((statement) => list(at(statement, 'Action')).includes(action));

describe('a role', () => {
  test('may mail only from SesFromAddress and only to SesToAddress', () => {
    const [statement] = statementFor('EnrichmentRole', 'ses:SendEmail');
    expect(at(statement, 'Condition')).toEqual({
      StringEqualsIfExists: { 'ses:FromAddress': { Ref: 'SesFromAddress' } },
      'ForAllValues:StringEquals': { 'ses:Recipients': [{ Ref: 'SesToAddress' }] },
    });
  });

  test('may list a bucket only by the names of objects that it may read', () => {
    expect(
      statementFor('EnrichmentRole', 's3:ListBucket').map((statement) => [
        at(statement, 'Resource'),
        at(statement, 'Condition'),
      ]),
    ).toEqual([
      [{ GetAtt: 'RawBucket.Arn' }, { StringLike: { 's3:prefix': 'raw/*' } }],
      [{ GetAtt: 'LookupBucket.Arn' }, { StringLike: { 's3:prefix': '*.json' } }],
    ]);
  });

  test('may query of the table only when each source last sent a lead, if it requeues events', () => {
    const [, ...ofTable] = statementFor('ReconcileRole', 'dynamodb:Query');
    expect(ofTable.map((statement) => at(statement, 'Condition'))).toEqual([
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [activityPartition] } },
    ]);
  });

  test.each(roles)('%s may use the key only through services of the stack', (role) => {
    const [statement] = statementFor(role, 'kms:Decrypt');
    expect(at(statement, 'Condition', 'StringEquals', 'kms:ViaService')).toEqual(
      ['dynamodb', 'lambda', 's3', 'secretsmanager', 'sqs'].map((service) => ({
        Sub: `${service}.\${AWS::Region}.\${AWS::URLSuffix}`,
      })),
    );
  });

  test.each(
    ofType('AWS::IAM::Role')
      .map(([name]) => name)
      .filter((name) => name !== 'ReaderRole'),
  )('%s trusts services only when they act for this account', (name) => {
    for (const statement of list(at(properties(name), 'AssumeRolePolicyDocument', 'Statement'))) {
      expect(at(statement, 'Condition')).toEqual({
        StringEqualsIfExists: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      });
    }
  });
});

test('only alarms of this account may publish to the alarms topic', () => {
  const [[, policy] = []] = ofType('AWS::SNS::TopicPolicy');
  const [statement, ...others] = list(at(policy, 'Properties', 'PolicyDocument', 'Statement'));
  expect(others).toEqual([]);
  expect(statement).toMatchObject({
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'sns:Publish',
    Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  });
  expect(entries(at(statement, 'Condition', 'ArnLike')).map(([key]) => key)).toEqual(['aws:SourceArn']);
});

test('the key policy in docs/production.md lets services use the key only for this account', () => {
  const docs = readFileSync(join(root, 'docs/production.md'), 'utf8');
  const block = /```json\n(\[[^`]*"Sid"[^`]*\])\n```/.exec(docs)?.[1];
  const statements = JSON.parse(block ?? '[]') as readonly Readonly<{ Sid: string; Condition?: unknown }>[];
  expect(statements.length).toBeGreaterThan(2);
  for (const { Sid, Condition } of statements)
    expect([Sid, JSON.stringify(Condition)]).toEqual([Sid, expect.stringContaining('ACCOUNT')]);
});
