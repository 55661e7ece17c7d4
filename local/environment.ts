import { delimiter, join } from 'node:path';
import { root } from './paths';

/** The key that MiniStack and LocalStack take for the account's root. It is no secret. */
export const localCredentials = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

/**
 * The environment of this process without its own AWS settings: nothing that runs locally may reach a real account.
 *
 * @param endpoint of the local cloud, for programs that talk to it
 */
export const localEnvironment = (endpoint?: string, region = 'us-east-1'): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }),
  SAM_CLI_TELEMETRY: '0',
  DISABLE_DEPRECATION_NOTICE: '1',
  // sam build looks for esbuild on the PATH.
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
});
