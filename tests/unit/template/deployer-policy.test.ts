import { allowing, sizeWith, statements } from '../../support/deployer-policy';
import { type Deploying, deploying, samCalls } from '../../support/deploying';
import { at, entries, list, readTemplate } from '../../support/read-template';
import { template, textOf } from '../../support/the-template';

/** What SAM makes of its own types. */
const made: Readonly<Record<string, readonly string[]>> = {
  'AWS::Serverless::Api': ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage'],
  'AWS::Serverless::Function': ['AWS::Lambda::Function'],
  Api: ['AWS::Lambda::Permission'],
  SQS: ['AWS::Lambda::EventSourceMapping'],
  Schedule: ['AWS::Events::Rule', 'AWS::Lambda::Permission'],
};

const types = [
  ...new Set(
    [template, readTemplate('reader.yaml')]
      .flatMap((one) => entries(at(one, 'Resources')).map(([, resource]) => resource))
      .flatMap((resource) => [resource, ...entries(at(resource, 'Properties', 'Events')).map(([, event]) => event)])
      .map((one) => textOf(at(one, 'Type')))
      .flatMap((type) => made[type] ?? [type]),
  ),
].sort();

const denied = (all: readonly Deploying[]): readonly string[] =>
  all.flatMap(({ arns, actions }) =>
    actions.flatMap((action) =>
      arns.filter((arn) => allowing(action, arn).length === 0).map((arn) => `${action} on ${arn}`),
    ),
  );

describe('the policy of the role that deploys', () => {
  test.each(types)('allows CloudFormation to create, change and delete each %s', (type) => {
    expect(deploying[type]).toBeDefined();
    expect(denied(deploying[type] ?? [])).toEqual([]);
  });

  test('allows what `sam deploy` and `sam delete` call themselves', () => {
    expect(denied(samCalls)).toEqual([]);
  });

  test('allows no action that no resource needs', () => {
    const needed = [...types.flatMap((type) => deploying[type] ?? []), ...samCalls];
    const isNeeded = (action: string, resources: readonly string[]): boolean =>
      needed.some(
        ({ actions, arns }) =>
          actions.includes(action) &&
          arns.some((arn) => allowing(action, arn).some((one) => one.resources === resources)),
      );
    const excess = statements.flatMap(({ sid, actions, resources }) =>
      actions.filter((action) => !isNeeded(action, resources)).map((action) => `${sid}: ${action}`),
    );
    expect(excess).toEqual([]);
    expect(Object.keys(deploying).filter((type) => !types.includes(type))).toEqual([]);
  });

  test('names each action in full', () => {
    expect(
      statements.flatMap(({ actions }) => actions).filter((action) => !/^[a-z0-9]+:[A-Za-z]+$/.test(action)),
    ).toEqual([]);
  });

  test('allows nothing on a resource of another stack that has a name', () => {
    const others = Object.values(deploying)
      .flat()
      .flatMap(({ arns, actions }) => arns.flatMap((arn) => actions.map((action) => [action, arn] as const)))
      .filter(([, arn]) => arn.includes('STACK'))
      .map(([action, arn]) => [action, arn.replaceAll('STACK', 'other')] as const)
      .filter(([action]) => !['cloudwatch:DescribeAlarms'].includes(action));
    expect(others.length).toBeGreaterThan(100);
    expect(others.filter(([action, arn]) => allowing(action, arn).length > 0)).toEqual([]);
  });

  // The Service Authorization Reference of AWS has no resource type for these, apart from GetTemplateSummary, which reads
  // a template that has no stack yet. The event source mappings are limited by their function.
  test('names the resource of each action that can have one', () => {
    const everywhere = statements.filter(({ resources }) => resources.includes('*'));
    expect(everywhere.flatMap(({ condition, actions }) => (condition === undefined ? actions : [])).sort()).toEqual([
      'cloudformation:GetTemplateSummary',
      'logs:DeleteQueryDefinition',
      'logs:DescribeIndexPolicies',
      'logs:DescribeLogGroups',
      'logs:DescribeQueryDefinitions',
      'logs:PutQueryDefinition',
    ]);
    expect(everywhere.flatMap(({ condition }) => condition ?? [])).toEqual([
      { ArnLike: { 'lambda:FunctionArn': 'arn:aws:lambda:REGION:ACCOUNT:function:STACK-*' } },
    ]);
  });

  test('passes roles of the stack only, each to its service only', () => {
    const passing = statements.filter(({ actions }) => actions.includes('iam:PassRole'));
    expect(passing.map(({ actions, resources, condition }) => [actions, resources, condition])).toEqual([
      [
        ['iam:PassRole'],
        ['arn:aws:iam::ACCOUNT:role/STACK-*'],
        { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      ],
      [
        ['iam:PassRole'],
        ['arn:aws:iam::ACCOUNT:role/STACK-ApiLogRole-*'],
        { StringEquals: { 'iam:PassedToService': 'apigateway.amazonaws.com' } },
      ],
    ]);
  });

  // Otherwise it could write a role that may do anything, and give it to a function.
  test('gives permissions to a role or user only below the boundary, apart from the role of the logs, which gets none', () => {
    const giving = /^iam:(Create(Role|User)|Put(Role|User)(Policy|PermissionsBoundary)|CreatePolicyVersion)$/;
    const unbounded = statements.filter(
      ({ actions, condition }) =>
        actions.some((action) => giving.test(action)) &&
        at(condition, 'StringEquals', 'iam:PermissionsBoundary') !== 'arn:aws:iam::ACCOUNT:policy/STACK-boundary',
    );
    expect(unbounded.map(({ actions, resources }) => [actions, resources])).toEqual([
      [['iam:CreateRole'], ['arn:aws:iam::ACCOUNT:role/STACK-ApiLogRole-*']],
    ]);
    expect(statements.flatMap(({ actions }) => actions).filter((action) => /Delete\w+Boundary/.test(action))).toEqual(
      [],
    );
  });

  test('attaches to a role only the managed policy that the template names', () => {
    const managed = list(at(template, 'Resources', 'ApiLogRole', 'Properties', 'ManagedPolicyArns'));
    const arns = managed.map((one) => textOf(at(one, 'Sub')).replace('${AWS::Partition}', 'aws'));
    const [attaching, ...others] = statements.filter(({ actions }) => actions.includes('iam:AttachRolePolicy'));
    expect(others).toEqual([]);
    expect([at(attaching?.condition, 'ArnEquals', 'iam:PolicyARN')]).toEqual(arns);
  });

  test('fits into the inline policies of a role (10,240 characters) with a long name of the stack', () => {
    const size = sizeWith({
      ACCOUNT: '0'.repeat(12),
      REGION: 'ap-southeast-2',
      STACK: 's'.repeat(20),
      SENDER: 's'.repeat(32),
      READER: 'r'.repeat(20),
      DOMAIN: 'd'.repeat(32),
    });
    expect(size).toBeLessThan(10_240);
  });
});
