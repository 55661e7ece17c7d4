import { CreateRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { request } from 'node:http';
import { stack } from '../stack/cloud';
import { deployedStacks } from '../stack/deployed';
import { newLeadId } from '../stack/waiting';

const cloud = stack(deployedStacks()[0]);
const { endpoint, outputs } = cloud;
const { host, port } = new URL(endpoint);
const ingest = `/_aws/execute-api/${outputs.ApiId}/Prod/ingest`;

type Asked = Readonly<{ method?: string; path?: string; headers?: Readonly<Record<string, string>>; body?: string }>;

/** Sends a request with any Host header. `fetch` does not allow that. */
const ask = ({ method = 'GET', path = '/_ministack/health', headers = {}, body = '' }: Asked): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });

describe('the gate in front of the embedded cloud', () => {
  it.each([
    ['the address of the loopback interface', { host }],
    ['localhost', { host: `localhost:${port}` }],
    ['a name under localhost, such as that of a bucket', { host: `bucket.localhost:${port}` }],
    ['the loopback interface in IPv6', { host: `[::1]:${port}` }],
    ['an address that the user typed into a browser', { host, 'sec-fetch-site': 'none' }],
    ['a page of its own', { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }],
  ])('forwards a request for %s', async (_name, headers) => {
    expect(await ask({ headers })).toBe(200);
  });

  it.each([
    ['for a name that only resolves to this machine', { host: `rebound.example:${port}` }],
    ['for a name that begins like one of this machine', { host: `localhost.example.com:${port}` }],
    ['for an address of the network', { host: `192.168.0.7:${port}` }],
    ['for all interfaces', { host: `0.0.0.0:${port}` }],
    ['from a page of another site', { host, origin: 'https://example.com' }],
    ['from a page of another port of this machine', { host, origin: 'http://127.0.0.1:3000' }],
    ['from a page without an origin, such as a file', { host, origin: 'null' }],
    ['that a browser sends for another site', { host, 'sec-fetch-site': 'cross-site' }],
    ['that a browser sends for another port of this machine', { host, 'sec-fetch-site': 'same-site' }],
  ])('refuses every request %s', async (_name, headers) => {
    const lead = JSON.stringify({ lead_id: newLeadId(), lead_email: 'gate@example.com' });
    const asked: readonly Asked[] = [
      {},
      { path: '/_ministack/ses/messages' },
      { method: 'POST', path: ingest, body: lead },
      { method: 'OPTIONS', path: ingest },
      { method: 'POST', path: '/', body: 'Action=ListRoles&Version=2010-05-08' },
      { method: 'PUT', path: `/${outputs.RawBucketName}/raw/x.json`, body: '{}' },
      { method: 'POST', path: '/2015-03-31/functions', body: '{}' },
    ];
    const contentType = { 'content-type': 'application/json' };
    for (const one of asked) expect(await ask({ ...one, headers: { ...contentType, ...headers } })).toBe(403);
  });

  it('refuses requests that reset or reconfigure the cloud, for which MiniStack needs no signature', async () => {
    expect(await ask({ method: 'POST', path: '/_ministack/reset' })).toBe(403);
    expect(await ask({ method: 'POST', path: '/_ministack/config', body: '{}' })).toBe(403);
  });
});

describe('the root of the embedded cloud', () => {
  const attempts = (credentials: { accessKeyId: string; secretAccessKey: string }) => {
    const client = { ...cloud.clientFor(credentials), maxAttempts: 1 };
    const trust = { Version: '2012-10-17', Statement: [] };
    return [
      () =>
        new IAMClient(client).send(
          new CreateRoleCommand({ RoleName: newLeadId(), AssumeRolePolicyDocument: JSON.stringify(trust) }),
        ),
      () =>
        new S3Client({ ...client, forcePathStyle: true }).send(
          new ListObjectsV2Command({ Bucket: outputs.RawBucketName }),
        ),
      () => new SQSClient(client).send(new SendMessageCommand({ QueueUrl: outputs.DelayQueueUrl, MessageBody: '{}' })),
      () => new LambdaClient(client).send(new InvokeCommand({ FunctionName: `${cloud.stackName}-QueryFunction` })),
    ];
  };

  it('is the key that was created for this start', async () => {
    const { Roles = [] } = await new IAMClient(cloud.clientFor(cloud.credentials)).send(new ListRolesCommand({}));
    expect(Roles.map(({ RoleName }) => RoleName)).toContainEqual(expect.stringContaining(cloud.stackName));
  });

  it.each([
    ['its key with a wrong secret', { ...cloud.credentials, secretAccessKey: 'not-the-secret-of-this-key' }],
    ['test', { accessKeyId: 'test', secretAccessKey: 'test' }],
    ['the number of the account', { accessKeyId: '000000000000', secretAccessKey: 'test' }],
    ['the number of another account', { accessKeyId: '111111111111', secretAccessKey: 'test' }],
    ['its key with the secret test', { ...cloud.credentials, secretAccessKey: 'test' }],
  ])('is not %s', async (_name, credentials) => {
    for (const attempt of attempts(credentials)) {
      await expect(attempt()).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    }
  });

  it.each([
    ['no signature', {}],
    ['another scheme', { authorization: 'Bearer x' }],
    ['its key in another scheme', { authorization: `AWS ${cloud.credentials.accessKeyId}:x` }],
  ])('is not the identity of a request with %s', async (_name, headers) => {
    const body = 'Action=ListRoles&Version=2010-05-08';
    const form = { host, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await ask({ method: 'POST', path: '/', headers: { ...form, ...headers }, body })).toBe(403);
  });
});
