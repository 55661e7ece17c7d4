import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { leadlineOf } from './leadline-process';
import { newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);
const { endpoint, region, stackName, credentials } = cloud;

const folder = mkdtempSync(join(tmpdir(), 'leadline-place-'));
afterAll(() => rmSync(folder, { recursive: true }));

const configuration = join(folder, 'config');
const keysOf = ({ accessKeyId, secretAccessKey }: typeof credentials): string =>
  `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
writeFileSync(
  configuration,
  `[profile right]\nregion = ${region}\nendpoint_url = ${endpoint}\n${keysOf(credentials)}\n` +
    `[profile elsewhere]\nregion = ap-south-1\nendpoint_url = http://127.0.0.1:1\n${keysOf(credentials)}`,
  { mode: 0o600 },
);

/** A shell that names another region, and a cloud that does not answer. */
const elsewhere = {
  AWS_CONFIG_FILE: configuration,
  AWS_REGION: 'ap-south-1',
  AWS_DEFAULT_REGION: 'ap-south-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:1',
};

/** A shell that names nothing. */
const empty = Object.fromEntries(
  ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((name) => [
    name,
    undefined,
  ]),
);

const listOf = async (env: NodeJS.ProcessEnv, ...args: readonly string[]) => {
  const { code, printed } = await leadlineOf(cloud, env)(...args, '--json');
  return { code, answer: JSON.parse(printed) as unknown };
};

const sources = { code: 0, answer: expect.arrayContaining([expect.objectContaining({ id: 'billing' })]) as unknown };

describe('the global options', () => {
  it('name the place before and after the command, whatever the environment says', async () => {
    const options = ['--endpoint-url', endpoint, '--region', region, '--stack-name', stackName];
    expect(await listOf(elsewhere, ...options, 'sources', 'list')).toStrictEqual(sources);
    expect(await listOf(elsewhere, 'sources', ...options, 'list')).toStrictEqual(sources);
    expect(await listOf(elsewhere, 'sources', 'list', ...options)).toStrictEqual(sources);
  });

  it('reach every service of a command: API, queues, table and buckets', async () => {
    const options = ['--endpoint-url', endpoint, '--region', region, '--stack-name', stackName];
    const leadId = newLeadId();
    const sent = await listOf(elsewhere, 'send', '--lead-id', leadId, '--email', 'placed@example.com', ...options);
    expect(sent).toMatchObject({ code: 0, answer: { lead_id: leadId } });
    expect(await listOf(elsewhere, 'lead', leadId, ...options)).toMatchObject({ code: 0 });
    expect(await listOf(elsewhere, 'dlq', 'list', ...options)).toMatchObject({ code: 0 });
    const rebuilt = await listOf(elsewhere, 'rebuild', '--dry-run', ...options);
    expect(rebuilt.answer).toHaveProperty('objects');
    expect(await listOf(elsewhere, 'mail', ...options)).toMatchObject({ code: 0 });
  });

  it('go before the environment, and the environment before the profile', async () => {
    const list = ['sources', 'list', '--stack-name', stackName];
    const onlyFile = { ...empty, AWS_CONFIG_FILE: configuration };
    expect(await listOf(onlyFile, ...list, '--profile', 'right')).toStrictEqual(sources);
    expect(await listOf({ ...onlyFile, AWS_PROFILE: 'elsewhere' }, ...list, '--profile', 'right')).toStrictEqual(
      sources,
    );
    const place = { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region };
    expect(await listOf({ ...onlyFile, ...place }, ...list, '--profile', 'elsewhere')).toStrictEqual(sources);
    expect(await listOf(onlyFile, ...list, '--profile', 'elsewhere')).toMatchObject({
      code: 1,
      answer: { error: { kind: 'no-answer' } },
    });
  });

  it('are refused if no such profile, region or endpoint can exist', async () => {
    const refused = async (...args: readonly string[]) => {
      const { code, printed, complained } = await leadlineOf(cloud, elsewhere)('sources', 'list', ...args);
      expect({ code, printed }).toStrictEqual({ code: 2, printed: '' });
      return complained;
    };
    expect(await refused('--profile', 'wrong')).toContain('The profiles are: right, elsewhere.');
    expect(await refused('--region', 'north')).toContain('Give the name of a region');
    expect(await refused('--endpoint-url', '127.0.0.1:4566')).toContain('Give a URL with its scheme');
  });
});
