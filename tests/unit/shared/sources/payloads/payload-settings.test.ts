import * as E from 'fp-ts/Either';
import { problemText, validationProblems } from '../../../../../shared/codecs/validation-problem';
import { bodyFormatOf, isMapped, payloadSettings } from '../../../../../shared/sources/payloads/payload-settings';

const problemsOf = (settings: unknown): readonly string[] => {
  const decoded = payloadSettings.decode(settings);
  return E.isLeft(decoded) ? validationProblems(decoded.left).map(problemText) : [];
};

const issue = {
  leads: 'data.contacts[]',
  fields: {
    lead_id: 'id',
    email: 'emails[0].value',
    display_name: "join(' ', [first, last])",
    status: 'stage',
    occurred_at: 'updated',
  },
  event_key: 'delivery.id',
  volatile_fields: ['meta.attempt'],
  on_invalid: 'quarantine',
};

describe('the settings of payloads', () => {
  it.each([
    {},
    issue,
    { format: 'form' },
    { format: 'json-any-type', on_invalid: 'reject' },
    { preset: 'pipedrive', fields: { status: 'meta.action' } },
    { leads: '[]' },
    { fields: { lead_id: 'constructor', email: '"e-mail"' } },
    { fields: { lead_id: 'a', email: "not_null(a, b, c, d) || (x[?type=='email'].value | [0])" } },
  ])('take %j', (settings) => {
    expect(payloadSettings.decode(settings)).toStrictEqual(E.right(settings));
  });

  it.each<readonly [unknown, string]>([
    [
      { lead: 'a' },
      'lead must be: one of the settings format, preset, leads, fields, event_key, volatile_fields, on_invalid',
    ],
    [
      { fields: { lead_id: 'a', email: 'b', phone: 'c' } },
      'fields.phone must be: one of the settings lead_id, email, display_name, status, occurred_at',
    ],
    [{ fields: { lead_id: 'a' } }, 'fields.email is missing'],
    [{ fields: {} }, 'fields.lead_id is missing'],
    [{ preset: 'salesforce' }, 'preset must be: "hubspot-workflow"'],
    [{ format: 'xml' }, 'format must be: "json"'],
    [{ on_invalid: 'drop' }, 'on_invalid must be: "quarantine" | "reject"'],
    [{ volatile_fields: ['$.a'] }, 'volatile_fields.0 must be: a field other than lead_id'],
    [{ volatile_fields: Array.from({ length: 51 }, () => 'a') }, 'volatile_fields must be: at most 50 fields'],
    [{ leads: 7 }, 'leads must be: a text of 1 to 512 characters'],
    [{ leads: ' ' }, 'leads must be: a text of 1 to 512 characters'],
    [{ leads: 'a'.repeat(513) }, 'leads must be: a text of 1 to 512 characters'],
    [[], 'must be a JSON object'],
    ['pipedrive', 'must be a JSON object'],
  ])('%j: %s', (settings, problem) => {
    expect(problemsOf(settings).join('\n')).toContain(problem);
  });

  it.each([
    'a.',
    'a[',
    'a b',
    '$.a',
    '"a',
    '"\\x"',
    "'a",
    '`{`',
    'a(',
    'a[0',
    'foo(a)',
    'powertools_json(a)',
    'powertools_base64_gzip(a)',
    'a || to_upper(b)',
    'length(a, b)',
    '@(a)',
    'a[::0]',
    '(',
    ')',
    '😀',
  ])('refuse the expression %s', (expression) => {
    expect(problemsOf({ event_key: expression })).toStrictEqual([expect.stringMatching(/^event_key must be: an? /)]);
  });

  it('name no value that may be secret', () => {
    expect(problemsOf({ secrets: ['money-talks-99'], event_key: 'money-talks-99 ' }).join()).not.toContain('money');
  });

  it('say with which format a body is parsed', () => {
    expect(
      [{}, { preset: 'form' }, { preset: 'form', format: 'json' }, { format: 'form' }].map((settings) =>
        bodyFormatOf(settings as Parameters<typeof bodyFormatOf>[0]),
      ),
    ).toStrictEqual(['json', 'form', 'json', 'form']);
  });

  it('say whether the fields must be kept with the event', () => {
    const mapped = [{ preset: 'form' }, { leads: '@' }, { fields: { lead_id: 'a', email: 'b' } }] as const;
    expect(mapped.map(isMapped)).toStrictEqual([true, true, true]);
    expect(
      [{}, { format: 'form' }, { event_key: 'a', volatile_fields: ['b'] }].map((s) => isMapped(s as object)),
    ).toStrictEqual([false, false, false]);
  });
});
