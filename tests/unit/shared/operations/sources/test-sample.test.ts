import * as E from 'fp-ts/Either';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../../../dev/paths';
import { presetNames, presetOf } from '../../../../../shared/operations/sources/source-presets';
import { freshSample, plainSample } from '../../../../../shared/operations/sources/test-sample';
import { parseBody } from '../../../../../shared/sources/payloads/parse-body';
import {
  bodyFormatOf,
  payloadSettings,
  type PayloadSettings,
} from '../../../../../shared/sources/payloads/payload-settings';
import { readLeads } from '../../../../../shared/sources/payloads/read-leads';

const folder = join(root, 'events', 'sources');

const configured = (preset: string) =>
  JSON.parse(readFileSync(join(folder, preset, 'source.json'), 'utf8')) as {
    auth: Readonly<Record<string, unknown>>;
    payload: PayloadSettings;
  };

const bodyOf = (preset: string): Buffer => {
  const file = readdirSync(join(folder, preset)).find((name) => name.startsWith('payload.')) ?? '';
  return readFileSync(join(folder, preset, file));
};

const read = (payload: PayloadSettings, contentType: string, body: Uint8Array) => {
  const json = parseBody(bodyFormatOf(payload), contentType, body);
  return E.isRight(json) ? readLeads('crm', payload)(json.right) : [];
};

describe.each(readdirSync(folder))('the sample of %s', (preset) => {
  const { payload } = configured(preset);
  const unique = '179999999999907';
  const sample = freshSample('crm', payload, bodyOf(preset), unique)!;

  it('becomes a new lead, with another id, address and identity', () => {
    const before = read(payload, sample.contentType, bodyOf(preset));
    const leads = read(payload, sample.contentType, sample.body);
    expect(leads).toHaveLength(before.length);
    leads.forEach(({ fields, identity }, index) => {
      if (E.isLeft(fields)) throw new Error(JSON.stringify(fields.left));
      expect(fields.right.lead_id).toContain(unique);
      expect(fields.right.email).toMatch(/^leadline-test-\d+@example\.com$/);
      expect(identity).not.toStrictEqual(before[index]?.identity);
    });
  });

  it('is another lead in each test', () => {
    const other = freshSample('crm', payload, bodyOf(preset), '179999999999908')!;
    const keys = [sample, other].map(({ contentType, body }) => read(payload, contentType, body)[0]?.identity);
    expect(keys[0]).not.toStrictEqual(keys[1]);
  });
});

describe('the presets of leadline', () => {
  it('are configured as the samples say', () => {
    for (const preset of readdirSync(folder)) {
      const known = presetNames.map(presetOf).find(({ payload }) => payload?.preset === preset);
      const { auth, payload } = configured(preset);
      const withoutSecrets = Object.fromEntries(
        Object.entries(auth).filter(([name]) => name !== 'secrets' && name !== 'verify_token'),
      );
      expect({ auth: known?.auth, payload: known?.payload }).toStrictEqual({ auth: withoutSecrets, payload });
    }
  });

  it('name no payload preset that does not exist', () => {
    for (const name of presetNames) expect(E.isRight(payloadSettings.decode(presetOf(name).payload ?? {}))).toBe(true);
  });
});

describe('the sample of a source without a mapping', () => {
  it.each([
    ['crm', 'json', 'email'],
    ['ingest', 'json', 'lead_email'],
    ['site', 'form', 'email'],
  ] as const)('of %s in %s has the field %s', (id, format, field) => {
    const sample = plainSample(id, { format }, '17')!;
    const json = parseBody(format, sample.contentType, sample.body);
    expect(json).toMatchObject(E.right({ lead_id: 'leadline-test-17', [field]: 'leadline-test-17@example.com' }));
  });

  it('does not exist if the source has a mapping of its own', () => {
    expect(plainSample('crm', { leads: 'data' }, '17')).toBeUndefined();
  });
});
