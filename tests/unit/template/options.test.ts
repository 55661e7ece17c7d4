import { evaluate, refusedBy, resourcesMade } from '../../support/evaluate-template';
import { at, entries, list, type Node } from '../../support/read-template';
import { ofType, parameter, properties, setting, template, textOf } from '../../support/the-template';

/** The names of all resources that a part of the template refers to. */
const referredIn = (node: Node | undefined): readonly string[] => {
  if (Array.isArray(node)) return (node as readonly Node[]).flatMap(referredIn);
  return entries(node).flatMap(([key, inner]) => {
    if (typeof inner !== 'string') return referredIn(inner);
    if (key === 'Ref') return [inner];
    if (key === 'GetAtt') return [inner.split('.')[0]!];
    return key === 'Sub' ? [...inner.matchAll(/\$\{(\w+)/g)].map(([, name]) => name!) : [];
  });
};

const made = (given: Readonly<Record<string, string>> = {}): ReadonlySet<string> => new Set(resourcesMade(given));

const all = {
  AdoptTableName: 'restored',
  DomainName: 'leads.example.com',
  CertificateArn: 'arn:aws:acm:eu-north-1:123456789012:certificate/a-b',
  WebAclArn: 'arn:aws:wafv2:eu-north-1:123456789012:regional/webacl/leads/a-b',
  ReaderRoleTrustArn: 'arn:aws:iam::123456789012:role/bi',
} as const;

test.each([{}, all, ...entries(all).map(([name, value]) => ({ [name]: textOf(value) }))])(
  'refers to no resource that is not made, with %j',
  (given: Readonly<Record<string, string>>) => {
    const resources = made(given);
    const named = new Set(entries(at(template, 'Resources')).map(([name]) => name));
    for (const [name, one] of entries(at(template, 'Resources'))) {
      if (!resources.has(name)) continue;
      const missing = referredIn(evaluate(at(one, 'Properties'), given)).filter(
        (other) => named.has(other) && !resources.has(other),
      );
      expect([name, missing]).toEqual([name, []]);
    }
    for (const [name, output] of entries(at(template, 'Outputs'))) {
      const condition = at(output, 'Condition');
      const isMade = condition === undefined || at(evaluate({ If: [condition, 'yes', ''] }, given)) === 'yes';
      const missing = referredIn(evaluate(at(output, 'Value'), given)).filter(
        (other) => named.has(other) && !resources.has(other),
      );
      expect([name, isMade ? missing : []]).toEqual([name, []]);
    }
  },
);

test.each(entries(all).map(([name]) => name))('%s is empty by default, and refuses what is not one', (name) => {
  expect(at(parameter(name), 'Default')).toBe('');
  const pattern = new RegExp(`^(?:${textOf(at(parameter(name), 'AllowedPattern'))})$`);
  expect(pattern.test('')).toBe(true);
  expect(pattern.test(all[name as keyof typeof all])).toBe(true);
  for (const wrong of ['https://x', 'a b', '*', 'arn:aws:iam::123456789012:*'])
    expect([wrong, pattern.test(wrong)]).toEqual([wrong, false]);
});

describe('AdoptTableName', () => {
  const given = { AdoptTableName: 'restored' };
  const arn = 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/restored';

  test('makes no table, and keeps the table of before', () => {
    expect([made().has('LeadTable'), made(given).has('LeadTable')]).toEqual([true, false]);
    expect(at(template, 'Resources', 'LeadTable', 'DeletionPolicy')).toBe('RetainExceptOnCreate');
  });

  test('gives its name to every function and to the commands', () => {
    const declared = at(template, 'Globals', 'Function', 'Environment', 'Variables', 'TABLE_NAME');
    expect([evaluate(declared), evaluate(declared, given)]).toEqual([{ Ref: 'LeadTable' }, 'restored']);
    const output = at(template, 'Outputs', 'TableName', 'Value');
    expect([evaluate(output), evaluate(output, given)]).toEqual([{ Ref: 'LeadTable' }, 'restored']);
  });

  test('is what the roles of the functions may use, with the same indexes', () => {
    const tables = (parameters: Readonly<Record<string, string>>) =>
      ofType('AWS::IAM::Role').flatMap(([name]) =>
        list(evaluate(at(properties(name), 'Policies'), parameters)).flatMap((policy) =>
          list(at(policy, 'PolicyDocument', 'Statement'))
            .filter((statement) =>
              list(at(statement, 'Action')).some((action) => textOf(action).startsWith('dynamodb')),
            )
            .map((statement) => [name, at(statement, 'Resource')] as const),
        ),
      );
    const own = JSON.stringify(tables({}))
      .replaceAll('{"GetAtt":"LeadTable.Arn"}', `{"Sub":"${arn}"}`)
      .replaceAll('${LeadTable.Arn}', arn);
    expect(tables({}).length).toBeGreaterThan(4);
    expect(JSON.parse(own)).toEqual(tables(given));
  });
});

describe('DomainName', () => {
  const given = { DomainName: all.DomainName, CertificateArn: all.CertificateArn };

  test('makes the domain and its mapping, only with a certificate', () => {
    const names = ['ApiDomain', 'ApiMapping'];
    expect(names.filter((name) => made().has(name))).toEqual([]);
    expect(names.filter((name) => made({ DomainName: all.DomainName }).has(name))).toEqual([]);
    expect(names.filter((name) => made(given).has(name))).toEqual(names);
  });

  test('is refused without a certificate, and a certificate without it', () => {
    expect(refusedBy({ DomainName: all.DomainName })).toEqual([expect.stringMatching(/^DomainName needs Certificate/)]);
    expect(refusedBy({ CertificateArn: all.CertificateArn })).toEqual([
      expect.stringMatching(/^CertificateArn needs DomainName/),
    ]);
    for (const accepted of [{}, given, all]) expect(refusedBy(accepted)).toEqual([]);
  });

  test('is the URL that senders sign, unless PublicBaseUrl says otherwise', () => {
    const url = (parameters: Readonly<Record<string, string>>) => {
      const value = evaluate(setting('Ingestion', 'PUBLIC_BASE_URL'), parameters);
      return at(value, 'Sub') ?? value;
    };
    expect(url({})).toBe('');
    expect(url(given)).toBe('https://leads.example.com');
    expect(url({ ...given, PublicBaseUrl: 'https://proxy.example.com' })).toBe('https://proxy.example.com');
  });
});

test('WebAclArn is associated with the stage of the API', () => {
  expect(made().has('ApiFirewall')).toBe(false);
  expect(made(all).has('ApiFirewall')).toBe(true);
  expect(evaluate(properties('ApiFirewall'), all)).toEqual({
    WebACLArn: all.WebAclArn,
    ResourceArn: {
      Sub: 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${LeadApi}/stages/${LeadApi.Stage}',
    },
  });
});

test('ReaderRoleTrustArn makes a role that only this principal may assume, for the two query routes and nothing else', () => {
  expect(made().has('ReaderRole')).toBe(false);
  expect(made(all).has('ReaderRole')).toBe(true);
  const role = evaluate(properties('ReaderRole'), all);
  expect(list(at(role, 'AssumeRolePolicyDocument', 'Statement'))).toEqual([
    { Effect: 'Allow', Principal: { AWS: all.ReaderRoleTrustArn }, Action: 'sts:AssumeRole' },
  ]);
  const stage = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${LeadApi}/Prod';
  expect(list(at(role, 'Policies')).map((policy) => at(policy, 'PolicyDocument', 'Statement'))).toEqual([
    [
      {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: [{ Sub: `${stage}/GET/leads` }, { Sub: `${stage}/GET/leads/*` }],
      },
    ],
  ]);
  expect(at(role, 'ManagedPolicyArns')).toBeUndefined();
});

describe('CorsAllowedOrigin', () => {
  const given = { CorsAllowedOrigin: 'https://crm.example.com' };
  const responses = (parameters: Readonly<Record<string, string>>) =>
    entries(at(properties('LeadApi'), 'GatewayResponses')).map(([type, response]) => ({
      type,
      headers: evaluate(at(response, 'ResponseParameters', 'Headers'), parameters),
    }));

  test('is one origin as a browser sends it', () => {
    expect(at(parameter('CorsAllowedOrigin'), 'Default')).toBe('');
    const pattern = new RegExp(textOf(at(parameter('CorsAllowedOrigin'), 'AllowedPattern')));
    const accepted = [
      ...['', 'https://crm.example.com', 'https://crm.example.com:8443', 'https://intranet', 'https://10.0.0.7'],
      ...['https://xn--bcher-kva.example', 'https://localhost:5173', 'https://[::1]:5173'],
      ...['http://localhost', 'http://localhost:5173', 'http://127.0.0.1:8080', 'http://[::1]:3000'],
    ];
    expect(accepted.filter((origin) => !pattern.test(origin))).toEqual([]);
    const refused = [
      ...['*', 'null', 'https://*', 'https://*.example.com', 'crm.example.com', '//crm.example.com'],
      ...[
        'https://crm.example.com/',
        'https://crm.example.com/app',
        'https://crm.example.com?x',
        'https://a@b.example',
      ],
      ...['http://crm.example.com', 'http://localhost.example.com', 'http://127.0.0.1.example.com', 'ftp://localhost'],
      ...['https://CRM.example.com', 'https://crm.example.com,https://b.example.com', "https://crm'.example.com"],
      ...[
        'https://crm.example.com:443',
        'http://localhost:80',
        'https://crm.example.com:0',
        'https://crm.example.com:',
      ],
      ...['https://-crm.example.com', 'https://crm..example.com', 'https://bücher.example', ' https://crm.example.com'],
    ];
    expect(refused.filter((origin) => pattern.test(origin))).toEqual([]);
  });

  // A browser keeps an answer without the header from its page, which then cannot tell a refusal from an outage.
  test('is in every answer of API Gateway itself', () => {
    expect(responses(given).map(({ type }) => type)).toEqual(['DEFAULT_4XX', 'THROTTLED', 'DEFAULT_5XX']);
    for (const { headers } of responses(given))
      expect(headers).toMatchObject({
        'Access-Control-Allow-Origin': { Sub: "'https://crm.example.com'" },
        'Access-Control-Expose-Headers': "'retry-after,x-amzn-errortype,x-amzn-requestid'",
      });
  });

  test('adds no header if it is empty', () => {
    expect(responses({})).toEqual([
      { type: 'DEFAULT_4XX', headers: {} },
      { type: 'THROTTLED', headers: { 'Retry-After': "'1'" } },
      { type: 'DEFAULT_5XX', headers: { 'Retry-After': "'10'" } },
    ]);
  });

  test('reaches the responses of API Gateway when it changes, although the text of the template does not', () => {
    expect(at(properties('LeadApi'), 'AlwaysDeploy')).toBe(true);
  });

  test('opens preflights without a signature, only of the routes of queries', () => {
    const open = ofType('AWS::Serverless::Function')
      .flatMap(([name]) => entries(at(properties(name), 'Events')).map(([, event]) => [name, event] as const))
      .filter(([, event]) => at(event, 'Properties', 'Method') === 'OPTIONS')
      .map(([name, event]) => [name, at(event, 'Properties', 'Path'), at(event, 'Properties', 'Auth')]);
    expect(open).toEqual([
      ['QueryFunction', '/leads', { InvokeRole: 'NONE' }],
      ['QueryFunction', '/leads/{lead_id}', { InvokeRole: 'NONE' }],
    ]);
    expect(evaluate(setting('Query', 'CORS_ALLOWED_ORIGIN'), given)).toBe(given.CorsAllowedOrigin);
  });
});
