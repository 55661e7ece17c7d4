import { S3Client } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { readOwner } from '../../../../shared/aws/owner-files';
import { clientSettings } from '../../../../shared/aws/clients';
import { validationProblems } from '../../../../shared/codecs/validation-problem';
import type { LeadId } from '../../../../shared/lead/lead-id';
import { owner, ownerKey, ownerName } from '../../../../shared/lead/owner';
import { enrichedLeadItemOf } from '../../../../shared/stored/lead-item';
import { arbitraryRecord } from '../../../support/arbitrary';
import { type Loopback, loopback } from '../../../support/loopback';

/** A server in place of S3. The tests look at what the real SDK reads from it. */
let body: Buffer;
let sent: number;
let isAnswering: boolean;
let s3: Loopback;
let client: S3Client;

beforeAll(async () => {
  s3 = await loopback((_request, response) => {
    isAnswering = true;
    response.on('close', () => (isAnswering = false));
    response.writeHead(200, { 'content-length': body.byteLength });
    const chunk = 64 * 1024;
    const next = (from: number): void => {
      if (response.destroyed) return;
      if (from >= body.byteLength) return void response.end();
      sent = Math.min(from + chunk, body.byteLength);
      response.write(body.subarray(from, sent), () => next(sent));
    };
    sent = 0;
    next(0);
  });
  client = new S3Client({ ...clientSettings, ...s3.client, forcePathStyle: true });
});

afterAll(() => {
  client.destroy();
  s3.close();
});

const reading = (file: string | Buffer) => {
  body = Buffer.from(file);
  return readOwner(client, 'lookup')('L-1' as LeadId)();
};
const refused = (detail: string) =>
  E.left({ kind: 'unreadable', store: 'owner', paths: [expect.stringContaining(detail)] });

describe("an owner's file", () => {
  it('may begin with a byte order mark', async () => {
    expect(await reading('\uFEFF{"owner_name":"Zoë"}')).toStrictEqual(E.right({ owner_name: 'Zoë' }));
  });

  it('must be UTF-8', async () => {
    expect(await reading(Buffer.from('{"owner_name":"Zoë"}', 'latin1'))).toStrictEqual(refused('must be UTF-8'));
  });

  it('is limited by the size of the JSON that the project stores, whatever its white space and numbers', async () => {
    expect(await reading(`{"owner_name":"Ada"${' '.repeat(300_000)}}`)).toStrictEqual(E.right({ owner_name: 'Ada' }));
    expect(
      await reading(`{"owner_name":"Ada","n":[${'1e20,'.repeat(4_000)}1],"x":"${'x'.repeat(200_000)}"}`),
    ).toStrictEqual(refused('must have 262144 bytes'));
    expect(await reading(`{"owner_name":"Ada","n":[${'1,'.repeat(20_000)}1]}`)).toStrictEqual(
      refused('must not hold more than 5000 values'),
    );
    expect(await reading(`{"owner_name":"${'é'.repeat(200_000)}"}`)).toStrictEqual(refused('must have 262144 bytes'));
  });

  it('is not read to its end if it is far too large, and the connection closes', async () => {
    expect(await reading(Buffer.alloc(64 * 1024 * 1024, ' '))).toStrictEqual(refused('must have 2097152 bytes'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent).toBeLessThan(32 * 1024 * 1024);
    expect(isAnswering).toBe(false);
  });
});

it('a name is cut to 512 characters in the lead, and stays well-formed', () => {
  const { owner_name } = enrichedLeadItemOf({
    record: arbitraryRecord(),
    owner: { owner_name: `${'x'.repeat(511)}😀${'y'.repeat(300_000)}` },
  });
  expect(owner_name).toHaveLength(512);
  expect(owner_name?.isWellFormed()).toBe(true);
});

it('a field without a visible character is neither a name nor an index key', () => {
  const of = (file: object) =>
    pipe(
      owner.decode(file),
      E.bimap(validationProblems, (one) => [ownerName(one), ownerKey(one)]),
    );
  expect(of({ owner_name: '\u0001', owner_email: '\u200b', name: 'Ada\u0000 L.' })).toStrictEqual(
    E.right(['Ada\u0000 L.', 'ada l.']),
  );
  expect(of({ owner_name: '\u0001\u200b' })).toStrictEqual(
    E.left([{ path: '', message: expect.stringContaining('owner_name or owner_email') as string }]),
  );
});
