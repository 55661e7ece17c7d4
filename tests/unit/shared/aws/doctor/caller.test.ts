import { STSClient } from '@aws-sdk/client-sts';
import { readCaller } from '../../../../../shared/aws/doctor/caller';
import { principalOf } from '../../../../../shared/aws/doctor/permissions';
import { type Loopback, loopback } from '../../../../support/loopback';

let sts: Loopback;
let aheadMs = 0;
let status = 200;

const identity =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
  '<Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>u</UserId><Account>123456789012</Account>' +
  '</GetCallerIdentityResult></GetCallerIdentityResponse>';
const refusal =
  '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>' +
  '<Code>SignatureDoesNotMatch</Code><Message>Signature expired</Message></Error></ErrorResponse>';

beforeAll(async () => {
  sts = await loopback((_request, response) => {
    const date = new Date(Date.now() + aheadMs).toUTCString();
    response.writeHead(status, { date, 'content-type': 'text/xml' }).end(status === 200 ? identity : refusal);
  });
});
afterAll(() => sts.close());

const client = () => new STSClient({ ...sts.client, maxAttempts: 1 });

it('reads who the caller is, and that the clock agrees', async () => {
  [status, aheadMs] = [200, 0];
  const { arn, skewMs } = await readCaller(client());
  expect(arn).toBe('arn:aws:iam::123456789012:user/ada');
  expect(Math.abs(skewMs ?? Infinity)).toBeLessThan(2_000);
});

it('knows how far the clock is off, also if AWS refuses the signature because of it', async () => {
  [status, aheadMs] = [403, 3_600_000];
  const error: unknown = await readCaller(client()).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'SignatureDoesNotMatch' });
  expect((error as { skewMs: number }).skewMs).toBeLessThan(-3_590_000);
});

it.each([
  ['arn:aws:iam::123456789012:user/team/ada', 'arn:aws:iam::123456789012:user/team/ada'],
  ['arn:aws:sts::123456789012:assumed-role/Operator/ada', 'arn:aws:iam::123456789012:role/Operator'],
  ['arn:aws:iam::123456789012:root', undefined],
  ['arn:aws:sts::123456789012:federated-user/ada', undefined],
])('the policies of %s are those of %s', (caller, principal) => {
  expect(principalOf(caller)).toBe(principal);
});
