import { samconfigParameters } from '../../../../dev/cloud/samconfig';

const file = `
[local.deploy.parameters]
parameter_overrides = [
    "TableName=data-table", 'Pattern="a=b"', # "Commented=out"
    "Empty=",
]
[eu.deploy.parameters]
parameter_overrides = "TableName=other"
`;

describe('the parameters of samconfig.toml', () => {
  it('are those of the environment, whatever quotes the file uses', () => {
    expect(samconfigParameters('local', file)).toStrictEqual({
      TableName: 'data-table',
      Pattern: '"a=b"',
      Empty: '',
    });
  });

  it('of the environment local are the ones of the development stack', () => {
    expect(samconfigParameters('local')).toMatchObject({
      TableName: 'data-table',
      IngestAuth: 'OPEN',
      RequireTls: 'false',
    });
  });

  it.each(['eu', 'none'])('are refused with their place where environment %s does not list them', (environment) => {
    expect(() => samconfigParameters(environment, file)).toThrow(`samconfig.toml, environment ${environment}: `);
  });
});
