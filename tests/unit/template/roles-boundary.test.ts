import { boundary } from '../../support/deployer-policy';
import { evaluate } from '../../support/evaluate-template';
import { at, list, type Node, readTemplate } from '../../support/read-template';
import { ofType, properties, template, textOf } from '../../support/the-template';

const given = { KmsKeyArn: 'arn:aws:kms:REGION:ACCOUNT:key/x1' };
const bounded = ['IngestionRole', 'EnrichmentRole', 'QueryRole', 'ReconcileRole', 'ReaderRole'];
const reader = at(readTemplate('reader.yaml'), 'Resources');

const statementsOf = (policies: readonly Node[]): readonly Node[] =>
  policies.flatMap((policy) => list(at(policy, 'PolicyDocument', 'Statement')));
const actionsOf = (statements: readonly Node[]): readonly string[] =>
  [...new Set(statements.flatMap((one) => list(at(one, 'Action')).map(textOf)))].sort();

const rolePolicies = bounded.flatMap((name) => list(evaluate(at(properties(name), 'Policies'), given)));
const allowed = statementsOf([...rolePolicies, at(reader, 'Policy', 'Properties') ?? '']);

describe('the permissions boundary', () => {
  test('allows the actions that the roles and the reader have, and no other', () => {
    expect(boundary.flatMap(({ actions }) => actions).sort()).toEqual(actionsOf(allowed));
  });

  test('allows nothing outside the stack, apart from traces, mail, keys and reading over HTTP', () => {
    const outside = boundary.filter(({ resources }) => resources.some((one) => !one.includes('STACK')));
    expect(outside.map(({ sid }) => sid)).toEqual(['Traces', 'Mail', 'OwnKey', 'Readers']);
  });

  test('is that of each role and user of the template, apart from the role of the logs of API Gateway', () => {
    const isSet = { If: ['HasBoundary', { Ref: 'PermissionsBoundaryArn' }, { Ref: 'AWS::NoValue' }] };
    const roles = ofType('AWS::IAM::Role').filter(([name]) => name !== 'ApiLogRole');
    expect(roles.map(([name]) => name).sort()).toEqual([...bounded].sort());
    for (const [name, role] of roles)
      expect([name, at(role, 'Properties', 'PermissionsBoundary')]).toEqual([name, isSet]);
    expect(at(reader, 'User', 'Properties', 'PermissionsBoundary')).toEqual(isSet);
    expect(at(template, 'Resources', 'Reader', 'Properties', 'Parameters', 'PermissionsBoundaryArn')).toEqual({
      Ref: 'PermissionsBoundaryArn',
    });
  });
});
