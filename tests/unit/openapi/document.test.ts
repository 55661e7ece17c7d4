import * as E from 'fp-ts/Either';
import { auth, schemeNames } from '../../../shared/sources/auth';
import { recipeOf, type SignedAuth } from '../../../shared/sources/schemes/recipe-of';
import { closed, schemaProblems } from '../../support/openapi-answers';
import { contract, operations } from '../../support/openapi';
import { at, entries, list } from '../../support/read-template';
import { ofType, properties, textOf } from '../../support/the-template';

/** The routes of the template, with whether API Gateway checks a signature. */
const routes = ofType('AWS::Serverless::Function').flatMap(([name]) =>
  entries(at(properties(name), 'Events'))
    .filter(([, event]) => at(event, 'Type') === 'Api')
    .map(([, event]) => ({
      name: `${textOf(at(event, 'Properties', 'Method')).toUpperCase()} ${textOf(at(event, 'Properties', 'Path'))}`,
      isSigned: at(event, 'Properties', 'Auth', 'Authorizer') === 'AWS_IAM',
    })),
);

test('openapi.yaml describes the routes of the template, and no other', () => {
  expect(operations.map(({ name }) => name).sort()).toStrictEqual(routes.map(({ name }) => name).sort());
});

test('openapi.yaml asks for a SigV4 signature where the template does', () => {
  const signed = operations
    .filter(({ node }) => list(at(node, 'security')).some((requirement) => at(requirement, 'sigV4') !== undefined))
    .map(({ name }) => name);
  expect(signed.sort()).toStrictEqual(
    routes
      .filter(({ isSigned }) => isSigned)
      .map(({ name }) => name)
      .sort(),
  );
});

test('each security requirement names a security scheme', () => {
  const defined = entries(at(contract, 'components', 'securitySchemes')).map(([name]) => name);
  const required = operations.flatMap(({ node }) =>
    list(at(node, 'security')).flatMap((requirement) => entries(requirement).map(([name]) => name)),
  );
  expect([...new Set(required)].sort()).toStrictEqual(defined.sort());
});

test('each provider has a security scheme with the header of its signature', () => {
  // Standard Webhooks and Close ask for a form of the secret.
  const forms = [`whsec_${Buffer.from('a secret of 24 characters').toString('base64')}`, '5ec2e7'.repeat(8)];
  const unsigned = ['body-secret', 'header-secret', 'basic', 'hmac'];
  for (const scheme of schemeNames.filter((name) => !unsigned.includes(name))) {
    const [settings] = forms.map((secret) => auth.decode({ scheme, secrets: [secret] })).filter(E.isRight);
    if (settings === undefined) throw new Error(`no settings of ${scheme}`);
    const { signature } = recipeOf(settings.right as SignedAuth);
    const name = scheme.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const header = at(contract, 'components', 'securitySchemes', name, 'name');
    expect([scheme, textOf(header).toLowerCase()]).toStrictEqual([scheme, signature.header]);
  }
});

/** A schema with its examples. */
const mediaTypes = operations.flatMap(({ name, node }) =>
  [
    ['request', at(node, 'requestBody')] as const,
    ...entries(at(node, 'responses')).map(([status, response]) => [status, response] as const),
  ].flatMap(([what, holder]) =>
    entries(at(holder, 'content')).map(([mediaType, content]) => ({
      name: `${name}, ${what}, ${mediaType}`,
      schema: at(content, 'schema') ?? {},
      examples: [
        at(content, 'example'),
        ...entries(at(content, 'examples')).map(([, example]) => at(example, 'value')),
      ].filter((example) => example !== undefined),
    })),
  ),
);

test('each schema is valid, and each example is valid by its schema', () => {
  expect(mediaTypes.some(({ examples }) => examples.length > 0)).toBe(true);
  const wrong = mediaTypes.flatMap(({ name, schema, examples }) =>
    [...examples, undefined].flatMap((example) =>
      // A schema without an example is compiled, too.
      schemaProblems(schema, example)
        .filter(() => example !== undefined)
        .map((problem) => `${name}: ${problem}`),
    ),
  );
  expect(wrong).toStrictEqual([]);
});

test('the check of a schema finds members that the schema does not describe', () => {
  const part = { properties: { a: { properties: { b: {} } } } };
  expect(schemaProblems(part, { a: { b: 1 } })).toStrictEqual([]);
  expect(schemaProblems({ allOf: [part, { properties: { c: {} } }] }, { a: { b: 1 }, c: 1 })).toStrictEqual([]);
  expect(schemaProblems({ allOf: [part] }, { a: {}, d: 1 })).toHaveLength(1);
  expect(schemaProblems({ allOf: [part] }, { a: { d: 1 } })).toHaveLength(1);
  expect(schemaProblems({ oneOf: [part] }, { d: 1 })).not.toHaveLength(0);
  expect(schemaProblems({ items: part }, [{ d: 1 }])).toHaveLength(1);
  expect(closed({ type: 'object', additionalProperties: true, properties: {} })).not.toHaveProperty(
    'unevaluatedProperties',
  );
});
