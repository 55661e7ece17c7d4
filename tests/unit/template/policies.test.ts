import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, entries, list, type Node } from '../../support/read-template';
import { ofType, properties, statementsOf } from '../../support/the-template';
import { root } from '../../../dev/paths';

const roles = ['IngestionRole', 'EnrichmentRole', 'QueryRole', 'ReconcileRole'];
const statementFor = (role: string, action: string): readonly Node[] =>
  statementsOf(role).filter((statement) => list(at(statement, 'Action')).includes(action));

describe('a role', () => {
  test('may mail from the sender and to the recipient that the stack is deployed with, and nobody else', () => {
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

  test.each(roles)('%s may use the key only through services of the stack', (role) => {
    const [statement] = statementFor(role, 'kms:Decrypt');
    expect(at(statement, 'Condition', 'StringEquals', 'kms:ViaService')).toEqual(
      ['dynamodb', 'lambda', 's3', 'secretsmanager', 'sqs'].map((service) => ({
        Sub: `${service}.\${AWS::Region}.\${AWS::URLSuffix}`,
      })),
    );
  });

  test.each(ofType('AWS::IAM::Role').map(([name]) => name))('%s is taken by services for this account only', (name) => {
    for (const statement of list(at(properties(name), 'AssumeRolePolicyDocument', 'Statement'))) {
      expect(at(statement, 'Condition')).toEqual({
        StringEqualsIfExists: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      });
    }
  });
});

test('the alarms of this account, and nothing else, publish to the alarms topic', () => {
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

describe('what CI runs is what was looked at', () => {
  const file = (path: string) => readFileSync(join(root, path), 'utf8');

  test('actions by commit, with the version beside it', () => {
    const uses = [...file('.github/workflows/ci.yml').matchAll(/uses: (.+)/g)].map(([, used = '']) => used);
    expect(uses.length).toBeGreaterThan(1);
    for (const used of uses) expect(used).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('the image of LocalStack by digest', () => {
    expect(file('.ci/run')).toMatch(/docker pull --quiet "\$localstack_pinned"/);
    expect(file('.ci/run')).toMatch(/^localstack_pinned=localstack\/localstack@sha256:[0-9a-f]{64}$/m);
  });
});

test('the key policy in the docs lets services use the key for this account only', () => {
  const docs = readFileSync(join(root, 'docs/production.md'), 'utf8');
  const block = /```json\n(\[[^`]*"Sid"[^`]*\])\n```/.exec(docs)?.[1];
  const statements = JSON.parse(block ?? '[]') as readonly Readonly<{ Sid: string; Condition?: unknown }>[];
  expect(statements.length).toBeGreaterThan(2);
  for (const { Sid, Condition } of statements)
    expect([Sid, JSON.stringify(Condition)]).toEqual([Sid, expect.stringContaining('ACCOUNT')]);
});
