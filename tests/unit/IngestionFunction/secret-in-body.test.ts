import fc from 'fast-check';
import * as TE from 'fp-ts/TaskEither';
import { mailAbout } from '../../../EnrichmentFunction/mail';
import type { ReceivePorts } from '../../../IngestionFunction/receive-lead';
import { writeJson } from '../../../shared/codecs/json-text';
import { enrichedJson } from '../../../shared/lead/enriched-lead';
import { acceptingPorts, poster } from './receiving';

const secret = 'money-talks-99';
const older = 'Zoë="quoted\\secret"';
const digits = '1234567890';

const readSources: ReceivePorts['readSources'] = () =>
  TE.right({
    billing: { kind: 'shared-secret', secrets: [secret, older] },
    digits: { kind: 'shared-secret', secrets: [digits] },
    'money-talks-99-source': { kind: 'shared-secret', secrets: [secret] },
    ingest: { kind: 'shared-secret', secrets: [secret, older] },
  });

const asking = (ingestAuth: ReceivePorts['ingestAuth'] = 'SECRET') => {
  const { ports, records } = acceptingPorts({ readSources, ingestAuth });
  const send = poster(ports);
  const post = (resource: '/ingest' | '/webhook', body: unknown, headers: object = {}) =>
    send(body, { resource, headers: { 'content-type': 'application/json', ...headers } });
  /** All that is kept and shown of what was sent last. */
  const kept = (): string => {
    const record = records.at(-1);
    if (record === undefined) throw new Error('nothing was kept');
    const enriched = { record, owner: { owner_name: 'Bob' } };
    return [JSON.stringify(record), writeJson(record.event.payload), enrichedJson(enriched), mailAbout(enriched)]
      .map((one) => (typeof one === 'string' ? one : Object.values(one).join('\n')))
      .join('\n');
  };
  return { post, records, kept };
};

const lead = { webhook_id: 'billing', secret_key: secret, lead_id: 'L-1', email: 'a@example.com' };

const wide = (text: string): string =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
const escaped = (text: string): string =>
  Array.from(text, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** Places and spellings of a secret in a body. */
const inForm = (text: string): string => new URLSearchParams({ a: `x ${text}` }).toString();
const inHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const inReferences = (text: string): string => Array.from(text, (one) => `&#${one.codePointAt(0) ?? 0};`).join('');

const hidden: readonly (readonly [string, (secret: string) => object])[] = [
  ['as a value', (text) => ({ note: text })],
  ['in display_name', (text) => ({ display_name: `Ada ${text} Lovelace` })],
  ['in status, twice', (text) => ({ status: `${text}${text}` })],
  ['nested', (text) => ({ a: { b: [{ c: text }] } })],
  ['in an array', (text) => ({ a: [1, [text, `x${text}y`]] })],
  ['as a key', (text) => ({ [text]: 1, nested: [{ [`x-${text}`]: { [text]: 2 } }] })],
  ['in the address of a page', (text) => ({ page: `https://example.com/?secret_key=${text}&x=1` })],
  ['in the address of a page, encoded', (text) => ({ page: `https://example.com/?k=${encodeURIComponent(text)}` })],
  [
    'in the address of a page, all encoded',
    (text) => ({ page: Buffer.from(text).toString('hex').replace(/../g, '%$&') }),
  ],
  ['in JSON within the JSON', (text) => ({ body: JSON.stringify({ secret_key: text }) })],
  ['in JSON within JSON within the JSON', (text) => ({ body: JSON.stringify(JSON.stringify({ x: [text] })) })],
  ['with escapes within the JSON', (text) => ({ body: `{"x":"${escaped(text)}"}` })],
  ['decomposed', (text) => ({ note: text.normalize('NFD') })],
  ['composed', (text) => ({ note: text.normalize('NFC') })],
  ['in full width', (text) => ({ note: wide(text) })],
  ['with invisible characters', (text) => ({ note: Array.from(text).join('\u200b') })],
  ['with invisible Braille patterns', (text) => ({ note: Array.from(text).join('\u2800') })],
  ['with soft hyphens in a key', (text) => ({ [Array.from(text).join('\u00ad')]: 1 })],
  ['in pieces that make it again once it is taken out', (text) => ({ note: text.slice(0, 5) + text + text.slice(5) })],
  ['by the name Secret_Key', (text) => ({ Secret_Key: text, x: { 'SECRET-KEY': text, secretKey: [text] } })],
];

/** Here special characters change the spelling: the whole text is hidden only for a secret that contains some. */
const encodedPlaces: typeof hidden = [
  ['in a form', (text) => ({ form: inForm(text) })],
  ['in a URL in a URL', (text) => ({ page: `https://a.example/?u=${encodeURIComponent(encodeURIComponent(text))}` })],
  ['in HTML', (text) => ({ page: inHtml(text), all: inReferences(text) })],
];

describe.each([
  ['/webhook', { ...lead, secret_key: secret }, {}],
  ['/webhook', { ...lead, secret_key: older }, {}],
  ['/webhook', { ...lead, secret_key: undefined }, { 'X-Webhook-Secret': secret }],
  ['/ingest', { lead_id: 'L-1', lead_email: 'a@example.com', secret_key: secret }, {}],
] as const)('a lead for %s that was sent with %j, %j', (route, body, headers) => {
  it.each([...hidden, ...encodedPlaces])('has no secret of its source %s', async (_where, about) => {
    for (const text of [secret, older]) {
      const { post, kept } = asking();
      expect((await post(route, { ...body, ...about(text) }, headers)).statusCode).toBe(202);
      const spellings = [text, text.normalize('NFD'), wide(text), JSON.stringify(text).slice(1, -1)];
      const encoded = [inForm(text).slice(4), encodeURIComponent(text), inHtml(text), inReferences(text)];
      for (const spelling of [...spellings, ...encoded]) {
        expect(kept()).not.toContain(spelling);
      }
      expect(kept().replaceAll(/\\*u00[0-9a-f]{2}|[\u00ad\u200b\u2800]/g, '')).not.toContain(text);
    }
  });

  it.each(hidden)('is the same event with either secret %s', async (_where, about) => {
    const { post, records } = asking();
    for (const text of [secret, older]) await post(route, { ...body, ...about(text) }, headers);
    const [one, other] = records.map(({ eventId }) => eventId);
    // A secret without signs has nothing to encode: another spelling is hidden with the text around it.
    const isSpelling = /encoded|within|composed|width|invisible|hyphens|pieces/.test(_where);
    if (!isSpelling) expect(other).toBe(one);
  });
});

describe('where /ingest is open', () => {
  const open = { lead_id: 'L-1', lead_email: 'a@example.com' };

  it.each(hidden)('a secret that is sent is taken out %s', async (_where, about) => {
    for (const sent of [secret, older, 'the secret of a third party']) {
      const { post, kept } = asking('OPEN');
      expect((await post('/ingest', { ...open, secret_key: sent, ...about(sent) })).statusCode).toBe(202);
      expect(kept()).not.toContain(sent);
      expect((await post('/ingest', { ...open, ...about(sent) }, { 'x-webhook-secret': sent })).statusCode).toBe(202);
      expect(kept()).not.toContain(sent);
    }
  });

  it('the other secret of the source is removed only if the sender proves to know one of them', async () => {
    const { post, kept } = asking('OPEN');
    await post('/ingest', { ...open, secret_key: secret, note: older });
    expect(kept()).not.toContain('Zoë=');
    await post('/ingest', { ...open, note: older });
    expect(kept()).toContain('Zoë=');
  });

  it.each([
    ['of another spelling', { Secret_Key: 'not-to-be-kept' }],
    ['in a list', { secret_key: ['not-to-be-kept'] }],
    ['in an object', { secret_key: { v: 'not-to-be-kept' } }],
    ['nested', { a: [{ 'X-Webhook-Secret': 'not-to-be-kept' }] }],
  ])('the text of a secret field %s is taken out wherever else it is', async (_how, field) => {
    const { post, kept } = asking('OPEN');
    const body = { lead_id: 'L-1', lead_email: 'a@example.com', note: 'see not-to-be-kept', ...field };
    expect((await post('/ingest', body)).statusCode).toBe(202);
    expect(kept()).not.toContain('not-to-be-kept');
  });

  it('a short text that is sent as a secret changes nothing of a lead', async () => {
    const { post, records } = asking('OPEN');
    await post('/ingest', { ...open, secret_key: 'a', display_name: 'Ada' });
    expect(records[0]?.event).toMatchObject({ lead_id: 'L-1', email: 'a@example.com', display_name: 'Ada' });
  });
});

it('a secret of digits is taken out where it is a number', async () => {
  const { post, kept } = asking();
  const body = JSON.stringify({ ...lead, webhook_id: 'digits', secret_key: digits });
  for (const number of [digits, `${digits}.0`, `-${digits}`, `123456789e1`, `55${digits}55`, `${digits}00000000000`]) {
    expect((await post('/webhook', body.replace('{', `{"n":[${number}],`))).statusCode).toBe(202);
    expect(kept()).not.toContain(digits);
  }
});

it('a secret that is escaped in the JSON of the body is the same text', async () => {
  const { post, kept } = asking();
  expect(
    (await post('/webhook', JSON.stringify({ ...lead, x: 'HERE' }).replace('HERE', escaped(secret)))).statusCode,
  ).toBe(202);
  expect(kept()).not.toContain(secret);
});

it.each([
  ['/webhook', { ...lead, lead_id: secret }, 'lead_id'],
  ['/webhook', { ...lead, lead_id: `x-${secret}` }, 'lead_id'],
  ['/webhook', { ...lead, email: `${secret}@example.com` }, 'email'],
  ['/webhook', { ...lead, email: `a@${wide(secret)}.example` }, 'email'],
  ['/webhook', { ...lead, webhook_id: 'money-talks-99-source' }, 'webhook_id'],
  ['/ingest', { lead_id: 'L-1', lead_email: `${secret}@example.com`, secret_key: secret }, 'lead_email'],
] as const)(
  'on %s a lead that is identified by the secret is refused, without naming it',
  async (route, body, path) => {
    const { post, records } = asking();
    const answer = await post(route, body);
    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({ errors: [{ path, message: 'must not contain the secret' }] });
    expect(answer.body).not.toContain(secret);
    expect(records).toHaveLength(0);
  },
);

it('no secret is kept of any payload, and nothing of a payload without one is changed', async () => {
  const fill = (json: unknown): unknown => JSON.parse(JSON.stringify(json).replaceAll('HERE', secret));
  const words = fc.constantFrom('HERE', 'xHERE', 'HERE!', 'money-', 'talks-99', '\u0301', 'é', '%', '\\\\', 'plain');
  const texts = fc.array(words, { maxLength: 4 }).map((parts) => parts.join(''));
  const json = fc.object({ key: texts, values: [texts, fc.integer(), fc.boolean(), fc.constant(null)], maxDepth: 4 });
  await fc.assert(
    fc.asyncProperty(json, async (about) => {
      const { post, records, kept } = asking();
      await post('/webhook', { ...(fill(about) as object), ...lead });
      expect(kept()).not.toContain(secret);
      if (!JSON.stringify(about).includes('HERE') && !JSON.stringify(about).includes('money-')) {
        const rest = { webhook_id: 'billing', lead_id: 'L-1', email: 'a@example.com' };
        expect(records[0]?.event.payload).toStrictEqual({ ...(fill(about) as object), ...rest });
      }
    }),
  );
});
