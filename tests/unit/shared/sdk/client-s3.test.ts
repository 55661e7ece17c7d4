import * as real from '@aws-sdk/client-s3';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import * as lean from '../../../../shared/sdk/client-s3';
import { s3Endpoint } from '../../../../shared/sdk/s3-endpoint';
import { loopback, type Loopback } from '../../../support/loopback';

/** The bundles have the lean client in place of the real one. Both must send and return the same. */
const clients = { real, lean: lean as unknown as typeof real };

type Sent = Readonly<{ line: string; headers: IncomingHttpHeaders; body: string }>;
type Respond = (response: ServerResponse, attempt: number) => void;

let server: Loopback;
let sent: Sent[];
let respond: Respond;

beforeAll(async () => {
  // The same instant and ids for both clients, so that their signatures can be compared.
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now);
  jest.spyOn(crypto, 'randomUUID').mockReturnValue('00000000-0000-4000-8000-000000000000');
  server = await loopback((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      sent.push({
        line: `${request.method} ${request.url}`,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      // The SDK corrects its clock by this header.
      response.setHeader('date', new Date(now).toUTCString());
      respond(response, sent.length);
    });
  });
});

afterAll(() => {
  jest.restoreAllMocks();
  server.close();
});

const plain = (error: unknown) => {
  const { name, message, $metadata, $fault, ...rest } = error as Partial<real.S3ServiceException>;
  return { name, message, status: $metadata?.httpStatusCode, attempts: $metadata?.attempts, $fault, code: rest };
};

/** The header is signed. It has the version of the client. */
const defaultUserAgentProvider = () => Promise.resolve([['aws-sdk-js', '3']] as [string, string][]);

/** Retries at once. Which errors are retried is decided outside of it. */
const retryStrategy = new ConfiguredRetryStrategy(3, 0);

/** What a call sends, and what becomes of it, with each of the two clients. */
const both = async (call: (sdk: typeof real, client: real.S3Client) => Promise<unknown>, answer: Respond) => {
  const results: Record<string, unknown>[] = [];
  for (const sdk of Object.values(clients)) {
    sent = [];
    respond = answer;
    const client = new sdk.S3Client({
      ...server.client,
      forcePathStyle: true,
      retryStrategy,
      defaultUserAgentProvider,
    });
    const outcome = await call(sdk, client).then(
      (value) => ({ value }),
      (error: unknown) => ({
        error: plain(error),
        isS3: error instanceof sdk.S3ServiceException,
        isMissing: error instanceof sdk.NoSuchKey,
      }),
    );
    results.push({ sent, ...outcome });
  }
  return { ofReal: results[0], ofLean: results[1] };
};

const put = {
  Bucket: 'raw-bucket',
  Key: 'raw/crm_event_å b+c&d?.json',
  Body: '{"name":"Zoë"}',
  ContentType: 'application/json',
  IfNoneMatch: '*',
  Metadata: { 'event-id': 'e1', lead: 'L%20' },
};
const get = { Bucket: 'raw-bucket', Key: 'raw/å b.json' };

const xml = (code: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>about it</Message><Key>k</Key></Error>`;

const answering =
  (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Respond =>
  (response) =>
    void response.writeHead(status, { etag: '"1"', ...headers }).end(body);

describe('PutObject', () => {
  const call = (sdk: typeof real, client: real.S3Client) => client.send(new sdk.PutObjectCommand({ ...put }));

  test('sends the same request, with its checksum', async () => {
    const { ofReal, ofLean } = await both(call, answering(200));
    expect(ofLean?.sent).toStrictEqual(ofReal?.sent);
    expect(JSON.stringify(ofLean?.sent)).toContain('"x-amz-checksum-crc32":');
  });

  test.each([
    ['412 for an object that exists', answering(412, xml('PreconditionFailed'))],
    ['409 for another write', answering(409, xml('ConditionalRequestConflict'))],
    ['403', answering(403, xml('AccessDenied'))],
    ['403 without a body', answering(403)],
    ['an answer that is not XML', answering(502, 'bad gateway')],
    [
      '503 that ends',
      (response: ServerResponse, attempt: number) =>
        answering(attempt < 3 ? 503 : 200, attempt < 3 ? xml('SlowDown') : '')(response, attempt),
    ],
    ['500 that does not end', answering(500, xml('InternalError'))],
    ['200 with an error in its body', answering(200, xml('InternalError'))],
  ])('does the same after %s', async (_what, answer) => {
    const { ofReal, ofLean } = await both(call, answer);
    expect({ ...ofLean, value: undefined }).toStrictEqual({ ...ofReal, value: undefined });
  });
});

describe('GetObject', () => {
  const call = async (sdk: typeof real, client: real.S3Client) => {
    const { Body, ContentLength, LastModified, Metadata } = await client.send(new sdk.GetObjectCommand({ ...get }));
    return { text: await Body?.transformToString(), ContentLength, LastModified, Metadata };
  };
  const headers = {
    'last-modified': 'Thu, 26 Nov 2026 10:00:00 GMT',
    'x-amz-meta-event-id': 'e1',
    'x-amz-meta-source': 'crm',
  };
  const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

  test.each([
    ['an object', answering(200, 'text', headers)],
    ['an empty object', answering(200, '', headers)],
    ['the right checksum', answering(200, 'text', { ...headers, 'x-amz-checksum-sha256': sha256('text') })],
    ['another checksum', answering(200, 'text', { ...headers, 'x-amz-checksum-sha256': sha256('other') })],
    ['another CRC', answering(200, 'text', { ...headers, 'x-amz-checksum-crc32': 'AAAAAA==' })],
    ['404 for a missing object', answering(404, xml('NoSuchKey'))],
    ['404 for a missing bucket', answering(404, xml('NoSuchBucket'))],
    ['403', answering(403, xml('AccessDenied'))],
    ['301 to another region', answering(301, xml('PermanentRedirect'), { 'x-amz-bucket-region': 'eu-west-1' })],
    [
      '503 that ends',
      (response: ServerResponse, attempt: number) =>
        answering(attempt < 2 ? 503 : 200, attempt < 2 ? xml('SlowDown') : 'text')(response, attempt),
    ],
  ])('does the same after %s', async (_what, answer) => {
    const { ofReal, ofLean } = await both(call, answer);
    expect(ofLean).toStrictEqual(ofReal);
  });
});

test('a member that the schema does not have is refused, because it would not be sent', () => {
  expect(() => new clients.lean.PutObjectCommand({ ...put, ServerSideEncryption: 'aws:kms' })).toThrow(
    'ServerSideEncryption',
  );
});

/** The endpoint of the real client. `undefined` if it refuses the settings, such as FIPS with an endpoint. */
const endpointOf = (client: real.S3Client, parameters: object): object | undefined => {
  try {
    const { url, properties, headers } = client.config.endpointProvider(parameters as never);
    return { url: url.href, properties, headers };
  } catch {
    return undefined;
  }
};

const truths = [true, false];
const settings = truths.flatMap((UseFIPS) =>
  truths.flatMap((UseDualStack) => truths.map((ForcePathStyle) => ({ UseFIPS, UseDualStack, ForcePathStyle }))),
);

describe.each(['us-east-1', 'eu-central-1', 'us-gov-west-1', 'cn-north-1', 'us-iso-east-1', 'eusc-de-east-1'])(
  'in %s',
  (Region) => {
    test.each([undefined, 'http://localhost:4566', 'https://proxy.example.com:8443/base'])(
      'a bucket has the endpoint of the SDK if that of AWS is %s',
      (Endpoint) => {
        const client = new real.S3Client({ region: Region });
        const endpoint = Endpoint === undefined ? {} : { Endpoint };
        const compared = settings.flatMap((setting) => {
          const parameters = { Bucket: 'a-bucket', Region, ...setting, ...endpoint };
          const expected = endpointOf(client, parameters);
          if (expected === undefined) return [];
          const { url, properties, headers } = s3Endpoint(parameters);
          expect({ url: url.href, properties, headers }).toStrictEqual(expected);
          return [parameters];
        });
        expect(compared.length).toBeGreaterThan(1);
      },
    );
  },
);

test.each(['arn:aws:s3:us-east-1:1:accesspoint/a', 'a--use1-az1--x-s3', 'a/b', ''])(
  'a bucket with other rules is refused: %s',
  (Bucket) => {
    expect(() => s3Endpoint({ Bucket, Region: 'us-east-1' })).toThrow('general purpose bucket');
  },
);
