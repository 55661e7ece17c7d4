import fc from 'fast-check';
import { isSecretName, maskSecrets, withoutSecrets } from '../../../../shared/codecs/mask-secrets';

const secret = 'super-secret-123';

describe('secrets in a text of unknown origin', () => {
  it.each([
    ['JSON', `{"s3_key":"raw/x","Secret_Key":"${secret}"}`],
    ['JSON, nested', `{"a":[{"b":{"webhookSecret":"${secret}"}}]}`],
    ['JSON, under a name of escapes', String.raw`{"secret\u005fkey":"${secret}"}`],
    ['JSON that is a list, or an object, under such a name', `{"secrets":["${secret}"],"tokens":{"a":"${secret}"}}`],
    ['JSON in a string of JSON', JSON.stringify({ body: JSON.stringify({ secret_key: secret }) })],
    ['JSON in a string in a string', JSON.stringify([JSON.stringify([JSON.stringify({ 'API-Key': secret })])])],
    ['JSON that has the field twice', `{"secret_key":"${secret}","secret_key":null}`],
    ['JSON whose object is there twice', `{"a":{"secret_key":"${secret}"},"a":1}`],
    ['JSON that was cut off', `{"secret_key":"${secret}","lead`],
    ['JSON within other text', String.raw`error: {\"secret_key\": \"two words ${secret}\"} was refused`],
    ['a form', `lead=1&secret_key=${secret}&x=y`],
    ['a header', `X-Webhook-Secret: ${secret}`],
    ['another header', `Authorization: Bearer ${secret}`],
    ['XML', `<secret_key>${secret}</secret_key>`],
    ['JSON nested deeper than any lead', `${'['.repeat(9_999)}{"secret_key":"${secret}"}${']'.repeat(9_999)}`],
  ])('are hidden in %s', (_what, text) => {
    expect(maskSecrets(text)).not.toContain(secret);
  });

  it('are hidden at any depth, under any name that says so', () => {
    const names = fc.constantFrom(
      'secret_key',
      'Secret_Key',
      'SECRET',
      'clientSecret',
      'x-api-key',
      'password',
      'token',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(names, fc.string()), { minLength: 1, maxLength: 8 }), names, (path, name) => {
        const value = [...path].reverse().reduce<unknown>((inner, key) => ({ [key]: inner }), { [name]: secret });
        expect(maskSecrets(JSON.stringify(value))).not.toContain(secret);
        expect(JSON.stringify(withoutSecrets(value))).not.toContain(secret);
      }),
    );
  });

  it.each([
    '{"s3_key":"raw/x","lead_id":"L-1","event_id":"0a1b","n":12345678901234567890}',
    'failed owner-missing: no such file',
    '{"email_key":"x","secretary":"Anna"}',
    'CredentialsProviderError: Could not load credentials from any providers',
  ])('%j has none, and stays as it is', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it('are known by the name, in any letters', () => {
    expect(['ｓｅｃｒｅｔ', 's3_key'].map(isSecretName)).toStrictEqual([true, false]);
  });
});
