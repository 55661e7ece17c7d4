import { leadPayload, emptyLead } from '../../../../console/page/format/lead-payload';
import {
  emptyForm,
  payloadText,
  settingLabel,
  settingsOf,
  withPreset,
} from '../../../../console/page/format/source-settings';
import { prettyJson } from '../../../../shared/codecs/pretty-json';
import { objectIn } from '../../../../console/page/format/typed-json';

const textLike = (pattern: RegExp) => expect.stringMatching(pattern) as unknown;

const preset = {
  name: 'pipedrive',
  settings: { auth: { scheme: 'basic', user: 'leads' }, payload: { preset: 'pipedrive' } },
  secret_from: 'operator',
  secret_name: 'password',
} as const;
const basic = { name: 'basic', required: ['user'], optional: [], secret_from: 'operator' } as const;

describe('the settings that the form of a source makes', () => {
  it('are those of the preset, until the user changes them', () => {
    const form = withPreset(emptyForm, preset);
    expect(settingsOf(form, basic)).toStrictEqual({ settings: preset.settings, problems: {} });
    const changed = { ...form, auth: { user: 'crm' }, namespace: ' eu ', silenceHours: '24' };
    expect(settingsOf(changed, basic).settings).toStrictEqual({
      auth: { scheme: 'basic', user: 'crm' },
      payload: { preset: 'pipedrive' },
      lead_namespace: 'eu',
      silence_hours: 24,
    });
  });

  it('leave out what the scheme does not have, and keep numbers as numbers', () => {
    const form = {
      ...withPreset(emptyForm, preset),
      scheme: 'hmac',
      auth: { user: 'x', header: 'x-s', tolerance_seconds: '60' },
    };
    const hmac = {
      name: 'hmac',
      required: ['header'],
      optional: ['tolerance_seconds'],
      secret_from: 'operator',
    } as const;
    expect(settingsOf(form, hmac).settings.auth).toStrictEqual({
      scheme: 'hmac',
      header: 'x-s',
      tolerance_seconds: 60,
    });
  });

  it('name the field that is wrong', () => {
    const form = { ...emptyForm, payload: '{"fields": ', silenceHours: 'often' };
    expect(Object.keys(settingsOf(form, basic).problems)).toStrictEqual(['payload', 'silenceHours']);
    expect(objectIn('[]').kind).toBe('problem');
  });
});

describe('the payload that the form of a lead makes', () => {
  const form = { ...emptyLead, id: 'L-1', email: 'ada@example.com', more: '{"score": 7}' };

  it('has the value of a long number as it was typed', () => {
    const made = leadPayload(
      { ...form, more: '{"account": 12345678901234567890, "share": [0.10000000000000000001]}' },
      'a',
    );
    expect(made.kind === 'object' && prettyJson(made.object)).toBe(
      '{\n  "lead_id": "L-1",\n  "email": "ada@example.com",\n  "account": 12345678901234567890,\n' +
        '  "share": [\n    0.10000000000000000001\n  ]\n}',
    );
  });

  it.each(['12345678901234567890', '"text"', 'null', '[]'])('is refused if the further fields are %s', (more) =>
    expect(leadPayload({ ...form, more }, 'a')).toMatchObject({
      problem: textLike(/must be a JSON object/),
    }),
  );

  it('says what is too much', () =>
    expect(objectIn(`{"a": ${'['.repeat(600)}${']'.repeat(600)}}`)).toMatchObject({
      problem: textLike(/^This must not be nested deeper than \d+ levels\.$/),
    }));

  it('has the names that the source reads, and no empty field', () => {
    expect(leadPayload(form, 'ingest')).toStrictEqual({
      kind: 'object',
      object: { lead_id: 'L-1', lead_email: 'ada@example.com', score: 7 },
    });
    expect(leadPayload(form, 'billing')).toMatchObject({ object: { email: 'ada@example.com' } });
  });

  it('says that further fields are no JSON', () => {
    expect(leadPayload({ ...form, more: '{' }, 'ingest').kind).toBe('problem');
  });
});

test('a source says how its payloads become leads: by its preset, by its own mapping, or without one', () => {
  expect(payloadText('pipedrive', { payload: { preset: 'pipedrive', fields: {} } })).toBe('pipedrive');
  expect(payloadText(null, { payload: { fields: { lead_id: 'id', email: 'mail' } } })).toBe('a mapping of its own');
  expect(payloadText(null, { payload: { leads: 'leads[]' } })).toBe('a mapping of its own');
  expect(payloadText(null, { payload: { on_invalid: 'reject' } })).toBe('the fields of POST /webhook');
  expect(payloadText(null, {})).toBe('the fields of POST /webhook');
});

test('the field of a setting has a label like those of other fields', () => {
  expect(['header', 'timestamp_header'].map(settingLabel)).toStrictEqual(['Header', 'Timestamp header']);
});
