import * as E from 'fp-ts/Either';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../../../dev/paths';
import { parseBody } from '../../../../../shared/sources/payloads/parse-body';
import { payloadPreset, type PayloadPreset } from '../../../../../shared/sources/payloads/payload-preset';
import { bodyFormatOf, payloadSettings } from '../../../../../shared/sources/payloads/payload-settings';
import { presetMappings } from '../../../../../shared/sources/payloads/presets/preset-mappings';
import { readLeads, type Reading, remapLead } from '../../../../../shared/sources/payloads/read-leads';

const folder = join(root, 'events/sources');
const presets = Object.keys(payloadPreset.keys) as PayloadPreset[];

const bytesOf = (preset: PayloadPreset): Uint8Array => {
  const json = join(folder, preset, 'payload.json');
  return readFileSync(existsSync(json) ? json : join(folder, preset, 'payload.txt'));
};

const jsonOf = (preset: PayloadPreset, file: string): unknown =>
  JSON.parse(readFileSync(join(folder, preset, file), 'utf8'));

const bodyOf = (preset: PayloadPreset): unknown => {
  const format = bodyFormatOf({ preset });
  const type = format === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  const parsed = parseBody(format, type, bytesOf(preset));
  if (E.isLeft(parsed)) throw new Error(parsed.left.kind);
  return parsed.right;
};

const leadsOf = (preset: PayloadPreset, body: unknown): readonly Reading[] => readLeads('crm', { preset })(body);

describe('the preset', () => {
  it('has a folder of samples', () => {
    expect(readdirSync(folder).sort()).toStrictEqual([...presets].sort());
  });

  it.each(presets)('%s has valid expressions only', (preset) => {
    expect(payloadSettings.decode(presetMappings[preset])).toStrictEqual(E.right(presetMappings[preset]));
  });

  it.each(presets)('%s reads its sample as the expected leads, without a warning', (preset) => {
    const readings = leadsOf(preset, bodyOf(preset));
    expect(readings.map(({ fields }) => fields)).toStrictEqual(
      (jsonOf(preset, 'expected.json') as object[]).map(E.right),
    );
    expect(readings.flatMap(({ warnings }) => warnings)).toStrictEqual([]);
  });

  it.each(presets)('%s reads what it keeps of its sample as the same lead', (preset) => {
    for (const { payload, fields } of leadsOf(preset, bodyOf(preset))) {
      const again = remapLead('crm', { preset })(payload);
      expect(again?.fields).toStrictEqual(fields);
      expect(again?.payload).toBe(payload);
    }
  });

  it.each(presets)('%s has a configuration to copy', (preset) => {
    const { payload } = jsonOf(preset, 'source.json') as { payload: unknown };
    expect(payloadSettings.decode(payload)).toStrictEqual(E.right({ preset }));
  });

  it.each(presets)('%s has sample data of example.com only', (preset) => {
    const addresses =
      Buffer.from(bytesOf(preset))
        .toString()
        .replaceAll('%40', '@')
        .match(/@[\w.-]+/g) ?? [];
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect(address).toMatch(/^@(.+\.)?example\.com$/);
  });

  it.each(presets)('%s reads a body of another shape as no lead, or as one with a problem', (preset) => {
    for (const body of [{ a: 1 }, { data: null }, { entry: [] }, [], [1], null, 'text', 7])
      for (const { fields } of leadsOf(preset, body)) expect(E.isLeft(fields)).toBe(true);
  });
});

type Json = Record<string, unknown>;

/** The same body with another value at a path. */
const withValue = (body: unknown, path: string, value: unknown): unknown => {
  const [first = '', ...rest] = path.split('.');
  const object = body as Json;
  return { ...object, [first]: rest.length === 0 ? value : withValue(object[first], rest.join('.'), value) };
};

/** What identifies the events of a body. With a key, the payload does not count. */
const identities = (preset: PayloadPreset, body: unknown) =>
  leadsOf(preset, body).map(({ identity }) => (identity.kind === 'key' ? { ...identity, content: {} } : identity));

describe('what a provider sends again', () => {
  it.each<readonly [PayloadPreset, string, unknown]>([
    ['hubspot-workflow', 'profile-token', 'AO_another'],
    ['pipedrive', 'meta.attempt', 2],
    ['pipedrive', 'meta.timestamp', '2026-01-31T12:00:05.000Z'],
    ['close', 'subscription_id', 'whsub_another'],
    ['typeform', 'event_id', '01KGA5AAAAAAAAAAAAAAAAAAAA'],
    ['calendly', 'created_at', '2026-01-31T12:05:01.000000Z'],
    ['stripe-customers', 'pending_webhooks', 0],
    ['meta-leads', 'paging', {}],
    ['form', 'sent_at', '12:00'],
  ])('%s: is the same event with another %s', (preset, path, value) => {
    const body = bodyOf(preset);
    expect(identities(preset, withValue(body, path, value))).toStrictEqual(identities(preset, body));
  });

  it.each<readonly [PayloadPreset, string, unknown]>([
    ['hubspot-workflow', 'properties.lastmodifieddate.value', '1769861100999'],
    ['pipedrive', 'data.update_time', '2026-01-31T12:30:00Z'],
    ['pipedrive', 'meta.id', 'another'],
    ['close', 'event.date_updated', '2026-01-31T12:00:07.000000'],
    ['close', 'event.id', 'ev_another'],
    ['typeform', 'form_response.token', 'another'],
    ['typeform', 'event_type', 'form_response_partial'],
    ['calendly', 'payload.status', 'canceled'],
    ['stripe-customers', 'id', 'evt_another'],
    ['shopify-customers', 'updated_at', '2026-01-31T08:00:00-05:00'],
    ['form', 'message', 'Fifty chairs'],
  ])('%s: is another event with another %s', (preset, path, value) => {
    const body = bodyOf(preset);
    expect(identities(preset, withValue(body, path, value))).not.toStrictEqual(identities(preset, body));
  });

  it.each<readonly [PayloadPreset, string, unknown]>([
    ['pipedrive', 'data', null],
    ['close', 'event.action', 'deleted'],
    ['stripe-customers', 'type', 'customer.deleted'],
    ['stripe-customers', 'data.object.object', 'subscription'],
    ['meta-leads', 'data', []],
  ])('%s: is no lead with %s of %j', (preset, path, value) => {
    expect(leadsOf(preset, withValue(bodyOf(preset), path, value))).toStrictEqual([]);
  });

  it('Meta: a notification without field_data is a lead without an address', () => {
    const value = { ad_id: '1', form_id: '2', leadgen_id: '2345000000000003', created_time: 1769860800, page_id: '3' };
    const body = { object: 'page', entry: [{ id: '3', time: 1769860801, changes: [{ field: 'leadgen', value }] }] };
    expect(leadsOf('meta-leads', body).map(({ fields }) => fields)).toStrictEqual([
      E.left([{ path: 'email', message: 'is missing' }]),
    ]);
    expect(leadsOf('meta-leads', { ...body, entry: [{ changes: [{ field: 'feed', value }] }] })).toStrictEqual([]);
  });
});
