import fc from 'fast-check';
import {
  asking,
  digits,
  encodedPlaces,
  escaped,
  hidden,
  inForm,
  inHtml,
  inReferences,
  lead,
  older,
  secret,
  wide,
} from './hidden-secrets';

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
