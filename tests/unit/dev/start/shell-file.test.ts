import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../../dev/paths';
import { shellLines } from '../../../../dev/start/shell-file';
import { removeTemporaryFolders } from '../../../../dev/temporary-folder';
import { strangeFolder } from '../strange-folder';

afterAll(removeTemporaryFolders);

const outputs = {
  ApiId: 'api',
  DelayQueueUrl: 'http://localhost:4566/000000000000/delay',
  DeadLetterQueueUrl: 'http://localhost:4566/000000000000/dead',
  RawBucketName: 'raw-bucket',
  LookupBucketName: 'lookup-bucket',
  EnrichedBucketName: 'enriched-bucket',
  TableName: 'data-table',
};

const cloud = {
  endpoint: 'http://127.0.0.1:4566',
  region: 'eu-north-1',
  credentials: { accessKeyId: 'AKIA0', secretAccessKey: `it's $SECRET "of" this start` },
};

/** The values of variables in a shell that has sourced the file twice. */
const sourced = (environment: Readonly<Record<string, string>>, ...names: readonly string[]): readonly string[] => {
  const folder = strangeFolder();
  const file = join(folder, 'env');
  writeFileSync(file, shellLines(cloud, outputs, folder));
  const show = names.map((name) => `printf '%s\\n' "\${${name}-unset}"`).join('; ');
  return execFileSync('sh', ['-euc', `. "$1"; . "$1"; ${show}`, 'sh', file], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...environment },
  })
    .replaceAll(folder, 'FOLDER')
    .trimEnd()
    .split('\n');
};

describe('.local/env', () => {
  it('is read by the command of its first line, in a shell that knows only what POSIX has', () => {
    const folder = strangeFolder();
    mkdirSync(join(folder, '.local'));
    const text = shellLines(cloud, outputs, folder);
    writeFileSync(join(folder, '.local', 'env'), text);
    const [, command = ''] = /For POSIX shells: (.+)/.exec(text) ?? [];
    const program = `PATH=; ${command}; printf %s "$AWS_ACCESS_KEY_ID"`;
    expect(execFileSync('sh', ['-euc', program], { encoding: 'utf8', cwd: folder })).toBe('AKIA0');
  });

  it('sets the key of this start, whatever characters it has', () => {
    expect(sourced({}, 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY')).toStrictEqual([
      'AKIA0',
      cloud.credentials.secretAccessKey,
    ]);
  });

  it('puts the tools first on the PATH, in a folder with any name', () => {
    expect(sourced({}, 'PATH')[0]).toMatch(/^FOLDER:/);
  });

  it('sets the variables that the walk-through uses', () => {
    expect(sourced({}, 'API_URL', 'DELAY_QUEUE_URL', 'RAW_BUCKET', 'ENRICHED_BUCKET', 'LOOKUP_BUCKET')).toStrictEqual([
      'http://127.0.0.1:4566/_aws/execute-api/api/Prod',
      outputs.DelayQueueUrl,
      'raw-bucket',
      'enriched-bucket',
      'lookup-bucket',
    ]);
  });

  it('overrides settings of other clouds', () => {
    const environment = {
      AWS_PROFILE: 'company',
      AWS_SESSION_TOKEN: 'old',
      AWS_REGION: 'us-west-2',
      AWS_ENDPOINT_URL_S3: 'http://elsewhere',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    };
    expect(sourced(environment, ...Object.keys(environment))).toStrictEqual([
      'unset',
      'unset',
      'eu-north-1',
      'unset',
      'unset',
    ]);
  });

  it('excludes this machine from proxies, and keeps the exclusions of the user', () => {
    expect(sourced({ NO_PROXY: 'company.example' }, 'NO_PROXY')[0]?.split(',')).toStrictEqual(
      expect.arrayContaining(['127.0.0.1', 'localhost', 'company.example']),
    );
  });

  it('contains only exports and one line that unsets variables', () => {
    const lines = shellLines(cloud, outputs, '/tools').trimEnd().split('\n').slice(1);
    expect(lines.filter((line) => !/^export \w+=/.test(line))).toStrictEqual([expect.stringMatching(/^unset AWS_/)]);
  });
});

describe('.envrc.example', () => {
  it('can be sourced without direnv', () => {
    const program = '. ./.envrc.example; printf %s "$WEBHOOK_SECRET_INGEST"';
    expect(execFileSync('sh', ['-euc', program], { encoding: 'utf8', cwd: root })).toBe('super-secret-123');
  });
});
