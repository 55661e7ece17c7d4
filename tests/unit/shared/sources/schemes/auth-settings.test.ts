import * as E from 'fp-ts/Either';
import { problemText, validationProblems } from '../../../../../shared/codecs/validation-problem';
import { auth, schemeNames, settingsOf } from '../../../../../shared/sources/auth';
import { samples } from '../auth-samples';

const secret = 'a secret that no problem may show 1';

const problemsOf = (settings: unknown): readonly string[] => {
  const decoded = auth.decode(settings);
  return E.isLeft(decoded) ? validationProblems(decoded.left).map(problemText) : [];
};

const secrets = [secret];

describe.each(schemeNames)('%s', (scheme) => {
  const sample = { scheme, secrets: ['the new secret', 'the old secret'], ...samples[scheme] };
  const { required, optional } = settingsOf(scheme);

  it('has valid settings, also without the optional ones', () => {
    expect(problemsOf(sample)).toStrictEqual([]);
    expect(auth.is(sample)).toBe(true);
    const few = Object.fromEntries(Object.entries(sample).filter(([name]) => ['scheme', ...required].includes(name)));
    expect(problemsOf(few)).toStrictEqual([]);
  });

  it('names each required setting that is missing', () => {
    expect(problemsOf({ scheme })).toStrictEqual(required.map((name) => `${name} is missing`));
    expect(required).toContain('secrets');
  });

  it('refuses a setting that it does not have', () => {
    const all = ['scheme', ...required, ...optional].join(', ');
    expect(problemsOf({ ...sample, tolerance: 3 })).toStrictEqual([`tolerance must be: one of the settings ${all}`]);
    expect(auth.is({ ...sample, tolerance: 3 })).toBe(false);
  });

  it('refuses null', () => {
    for (const name of [...required, ...optional])
      expect(problemsOf({ ...sample, [name]: null })[0]).toMatch(new RegExp(`^${name} `));
  });

  it.each([
    ['no secret', []],
    ['three secrets', [secret, secret, secret]],
    ['a text', secret],
  ])('refuses %s', (_what, secrets) => {
    const problems = problemsOf({ ...sample, secrets });
    expect(problems).toStrictEqual(['secrets must be: a list of one or two secrets']);
  });

  it.each([['short'], [12345678], [`${secret}\ud800`]])('refuses %j as a secret, without showing it', (one) => {
    const problems = problemsOf({ ...sample, secrets: [sample.secrets[0], one] });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^secrets\.1 must be/);
    expect(problems[0]).not.toContain(String(one));
  });
});

it.each([
  [{ secrets }, ['scheme is missing']],
  [{ scheme: 'hmac-sha256', secrets }, [expect.stringMatching(/^scheme must be: "body-secret" \| /)]],
  [{ scheme: 'constructor', secrets }, [expect.stringMatching(/^scheme must be/)]],
  [Object.create({ scheme: 'github', secrets }), ['scheme is missing']],
  [secret, ['must be: a JSON object with the setting "scheme"']],
  [[secret], ['must be: a JSON object with the setting "scheme"']],
  [null, ['must be: a JSON object with the setting "scheme"']],
])('the settings %# are refused', (settings, expected) => {
  expect(problemsOf(settings)).toStrictEqual(expected);
});

it('a field whose name may be a secret is named by its number', () => {
  const expected = expect.stringMatching(/^field 3 must be: one of the settings/) as unknown;
  expect(problemsOf({ scheme: 'github', secrets, [secret]: true })).toStrictEqual([expected]);
  expect(problemsOf(JSON.parse(`{"scheme":"github","secrets":["${secret}"],"__proto__":{}}`))).toStrictEqual([
    '__proto__ must be: one of the settings scheme, secrets',
  ]);
});

it('all problems are named at once', () => {
  expect(problemsOf({ scheme: 'hmac', secrets: ['short'], header: 'a b', tolerance: 1 })).toStrictEqual([
    'header must be: the name of an HTTP header',
    'secrets.0 must be: text of at least 8 characters',
    expect.stringMatching(/^tolerance must be: one of the settings/),
  ]);
});

it.each([
  ['close', 'not hexadecimal'],
  ['close', 'abcdef012'],
  ['close', 'abcdef'],
  ['standard-webhooks', 'whsec_not base64!'],
  ['standard-webhooks', 'whsec_abcde'],
  ['standard-webhooks', 'abcdefghi'],
  ['header-secret', 'ends in a space '],
  ['header-secret', 'naïve secret'],
  ['header-secret', 'line\nbreak'],
])('%s refuses the secret %j, without showing it', (scheme, one) => {
  const problems = problemsOf({ scheme, header: 'x-key', secrets: [one] }).filter((text) => !text.startsWith('header'));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^secrets\.0 must be/);
  expect(problems[0]).not.toContain(one);
});

it.each([
  ['hmac', { header: 'x-sig', secret_encoding: 'hex', secrets: ['abcdef0'.repeat(3)] }],
  ['hmac', { header: 'x-sig', secret_encoding: 'base64', secrets: ['not base64 at all'] }],
])('%s refuses a secret that is not in its encoding', (scheme, settings) => {
  const problems = problemsOf({ scheme, ...settings });
  expect(problems).toStrictEqual([
    `secrets must be: a list of texts in ${settings.secret_encoding}, because secret_encoding says so`,
  ]);
});

it.each(['', 'a b', 'ä', 'a:b', 'x'.repeat(101), 3])('%j is no name of a header', (header) => {
  expect(problemsOf({ scheme: 'hmac', header, secrets })).toStrictEqual(['header must be: the name of an HTTP header']);
});

it('the name of a header may be in any case', () => {
  const decoded = auth.decode({ scheme: 'hmac', header: 'X-Acme-Signature', secrets });
  expect(decoded).toStrictEqual(E.right({ scheme: 'hmac', header: 'x-acme-signature', secrets }));
});

it.each([0, -1, 1.5, 604_801, '300', Infinity])('%j is no tolerance', (tolerance_seconds) => {
  expect(problemsOf({ scheme: 'stripe', secrets, tolerance_seconds })).toStrictEqual([
    'tolerance_seconds must be: a whole number of seconds from 1 to 604800',
  ]);
});

it.each(['', 'with:colon', 'x'.repeat(257), '\ud800'])('%j is no user of basic authentication', (user) => {
  expect(problemsOf({ scheme: 'basic', user, secrets })).toStrictEqual([
    'user must be: text of 1 to 256 characters without a colon',
  ]);
});
