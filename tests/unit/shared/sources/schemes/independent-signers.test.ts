import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { root } from '../../../../../dev/paths';
import { verify } from '../../../../../shared/sources/auth';
import { signRequest } from '../../../../../shared/sources/signing/sign-request';
import { authOf, presentedOf, requestOf, sampleOf } from '../auth-samples';

const now = new Date('2026-01-31T12:00:00Z');

describe('standardwebhooks', () => {
  const auth = sampleOf('standard-webhooks');
  const signers = auth.secrets.map((secret) => new Webhook(secret));

  it('signs what verify accepts', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 1), fc.stringMatching(/^msg_\w{1,20}$/), (body, index, id) => {
        const signature = signers[index]!.sign(id, now, body);
        const headers = {
          'webhook-id': [id],
          'webhook-timestamp': [String(now.getTime() / 1_000)],
          'webhook-signature': [signature],
        };
        expect(verify(auth, presentedOf(requestOf(body, headers)), now)).toBe(index);
        const otherId = { ...headers, 'webhook-id': [`${id}x`] };
        expect(verify(auth, presentedOf(requestOf(body, otherId)), now)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it('accepts what signRequest signs', () => {
    const { headers } = signRequest(auth, requestOf('{"a":"ä"}'), new Date());
    const sent = Object.fromEntries(Object.entries(headers).map(([name, [value = '']]) => [name, value]));
    expect(signers[0]!.verify('{"a":"ä"}', sent)).toStrictEqual({ a: 'ä' });
    expect(() => signers[1]!.verify('{"a":"ä"}', sent)).toThrow();
  });

  it('accepts bytes that nobody signed, because it reads them as text: the functions do not use it', () => {
    const body = Buffer.from([0x22, 0xff, 0x22]);
    const other = Buffer.from([0x22, 0xfe, 0x22]);
    const sign = (bytes: Buffer) => signers[0]!.sign('msg_1', now, bytes);
    expect(sign(body)).toBe(sign(other));
    const signed = signRequest(auth, requestOf(body), now);
    expect(verify(auth, presentedOf(signed), now)).toBe(0);
    expect(verify(auth, presentedOf({ ...signed, body: other }), now)).toBeUndefined();
  });
});

/** The package is an ES module, which Jest does not import. */
const octokitSign = (secret: string, body: string): string =>
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      'import { sign } from "@octokit/webhooks-methods"; process.stdout.write(await sign(...process.argv.slice(1)));',
      secret,
      body,
    ],
    { cwd: root, encoding: 'utf8' },
  );

it('@octokit/webhooks-methods signs what verify accepts, and signRequest signs alike', () => {
  const auth = authOf({ scheme: 'github', secrets: ['the secret of a hook'] });
  const body = '{"zen":"Ünï¢ode"}';
  const signature = octokitSign('the secret of a hook', body);
  expect(verify(auth, presentedOf(requestOf(body, { 'x-hub-signature-256': [signature] })), now)).toBe(0);
  expect(signRequest(auth, requestOf(body), now).headers).toStrictEqual({ 'x-hub-signature-256': [signature] });
});
