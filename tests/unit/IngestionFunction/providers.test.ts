import * as E from 'fp-ts/Either';
import { signRequest } from '../../../shared/sources/signing/sign-request';
import { source } from '../../../shared/sources/source';
import { samplePayloads } from '../../support/sample-payloads';
import { requestTo, withSources } from './source-route';

describe.each(samplePayloads.map((sample) => [sample.preset, sample] as const))('a request of %s', (preset, sample) => {
  const decoded = source.decode(sample.source);
  if (E.isLeft(decoded)) throw new Error(preset);
  const { auth } = decoded.right;
  const setUp = () => {
    const api = withSources({ crm: sample.source });
    const unsigned = requestTo('crm', sample.body, { 'content-type': sample.contentType });
    return { api, unsigned, signed: signRequest(auth, unsigned, api.now()) };
  };

  it('is accepted with its signature, as the lead that its sample says', async () => {
    const { api, signed } = setUp();
    const answer = await api.send('crm', signed);
    expect(answer).toMatchObject({ status: 202, body: { status: 'accepted' } });
    expect(answer.body).not.toHaveProperty('warnings');
    expect(
      api.records.map(
        ({ event: { lead_id, email, display_name, status, occurred_at } }) =>
          JSON.parse(JSON.stringify({ lead_id, email, display_name, status, occurred_at })) as object,
      ),
    ).toStrictEqual(sample.expected);
    expect(api.records.map(({ mapped }) => mapped?.email)).toStrictEqual(sample.expected.map(({ email }) => email));
  });

  it('is refused without its signature, with another body, and with another secret', async () => {
    const { api, unsigned, signed } = setUp();
    const changed = Buffer.from(`${sample.body} `);
    const forged = signRequest(auth, unsigned, api.now(), 'whsec_00112233445566778899aabbccddeeff');
    expect(await api.send('crm', unsigned)).toMatchObject({ status: 401 });
    expect(await api.send('crm', forged)).toMatchObject({ status: 401 });
    const signsBody = !['basic', 'header-secret'].includes(auth.scheme);
    expect(await api.send('crm', { ...signed, body: changed })).toMatchObject({ status: signsBody ? 401 : 202 });
  });

  it('is one event when the provider delivers it again', async () => {
    const { api, unsigned, signed } = setUp();
    await api.send('crm', signed);
    api.pass(60_000);
    await api.send('crm', signRequest(auth, unsigned, api.now()));
    const ids = api.records.map(({ eventId }) => eventId);
    expect(ids).toHaveLength(2 * sample.expected.length);
    expect(new Set(ids).size).toBe(sample.expected.length);
  });
});
