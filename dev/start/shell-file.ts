import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outputs, localApiUrl } from '../cloud/deploy';
import type { LocalCloud } from './environment';
import { localFolder } from '../paths';
import { shellWord } from './shell-word';

const file = join(localFolder, 'env');

/** The command by which a POSIX shell reads the file, in the project's folder. */
export const readShellFile = '. .local/env';

/** Variables that would override those of the file, or send requests to another endpoint. */
const contradicting = [
  ...['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'AWS_CREDENTIAL_EXPIRATION'],
  ...['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'],
  ...['S3', 'SQS', 'DYNAMODB', 'SES', 'SECRETS_MANAGER', 'LAMBDA', 'IAM', 'STS'].map(
    (service) => `AWS_ENDPOINT_URL_${service}`,
  ),
  ...['CLOUDFORMATION', 'CLOUDWATCH', 'CLOUDWATCH_LOGS'].map((service) => `AWS_ENDPOINT_URL_${service}`),
];

/** The outputs of a stack that the shell gets. */
type Shown = Pick<
  Outputs,
  | 'ApiId'
  | 'DelayQueueUrl'
  | 'DeadLetterQueueUrl'
  | 'RawBucketName'
  | 'EnrichedBucketName'
  | 'LookupBucketName'
  | 'TableName'
>;

/**
 * The lines that a shell sources to work with a stack on a local cloud: the PATH of the project's tools, the cloud, and
 * the names of the stack's resources.
 */
export const shellLines = (
  { endpoint, region, credentials }: LocalCloud,
  outputs: Shown,
  toolsFolder = join(localFolder, 'bin'),
): string => {
  const values = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    API_URL: localApiUrl(endpoint, outputs),
    DELAY_QUEUE_URL: outputs.DelayQueueUrl,
    DEAD_LETTER_QUEUE_URL: outputs.DeadLetterQueueUrl,
    RAW_BUCKET: outputs.RawBucketName,
    ENRICHED_BUCKET: outputs.EnrichedBucketName,
    LOOKUP_BUCKET: outputs.LookupBucketName,
    TABLE_NAME: outputs.TableName,
  };
  const ownHosts = '127.0.0.1,localhost';
  return [
    `# npm start writes this file, and removes it when it ends. For POSIX shells: ${readShellFile}`,
    `unset ${contradicting.join(' ')}`,
    `export PATH=${shellWord(toolsFolder)}:"$PATH"`,
    ...['NO_PROXY', 'no_proxy'].map((name) => `export ${name}="${ownHosts}\${${name}:+,$${name}}"`),
    ...Object.entries(values).map(([name, value]) => `export ${name}=${shellWord(value)}`),
    '',
  ].join('\n');
};

/**
 * Writes `.local/env`. Only its owner may read it, because it contains the key of the local cloud.
 *
 * @returns a function that removes it
 */
export const writeShellFile = (cloud: LocalCloud, outputs: Outputs): (() => void) => {
  mkdirSync(localFolder, { recursive: true });
  // The rename is atomic, so that a shell never reads an incomplete file.
  const unfinished = `${file}.${process.pid}`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, shellLines(cloud, outputs), { mode: 0o600 });
  renameSync(unfinished, file);
  return () => rmSync(file, { force: true });
};
