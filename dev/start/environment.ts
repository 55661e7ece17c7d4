import { delimiter, join } from 'node:path';
import { root } from '../paths';
import { withoutProxyForLoopback } from '../proxy.cjs';

export type AccessKey = Readonly<{ accessKeyId: string; secretAccessKey: string }>;

/** The key that LocalStack takes for the account's root; it checks no signature. The embedded cloud gets a key of its own at each start. */
export const localStackKey: AccessKey = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A region of a cloud that runs on this machine. */
export type LocalCloud = Readonly<{ endpoint: string; region: string; credentials: AccessKey }>;

export const defaultRegion = 'us-east-1';

/**
 * The region that the user's shell asks for.
 *
 * @throws an Error that names the variable whose value is not the name of a region
 */
export const regionOf = (environment: NodeJS.ProcessEnv): string => {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const) {
    const region = environment[name] ?? '';
    if (region === '') continue;
    if (/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) return region;
    throw new Error(
      `${name} is ${JSON.stringify(region)}, which is not the name of a region: set it to one, or unset it.`,
    );
  }
  return defaultRegion;
};

/** What programs need of the user's shell. All else is left out: it may change what they do (AWS_*, PIP_*, NODE_ENV, LOG_LEVEL and so on). */
const inherited: readonly RegExp[] = [
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|TZ|LANG|LANGUAGE|LC_\w+|TMPDIR|TEMP|TMP|XDG_\w+|DOCKER_\w+|(PYENV|ASDF|MISE)_\w+)$/i,
  // Installing and pulling images may need a proxy, and certificates that the machine's owner trusts.
  /^(https?_proxy|all_proxy|no_proxy|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS)$/i,
  // Windows programs don't start without these.
  /^(SystemRoot|SystemDrive|windir|ComSpec|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA|ProgramData|ProgramFiles.*)$/i,
];

const settingsOf = ({ endpoint, region, credentials }: LocalCloud): NodeJS.ProcessEnv => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});

/**
 * The environment of a program that this project runs locally. It is made, not inherited: nothing that runs locally may reach a real
 * account, and what the user's shell holds for other programs may not change what happens here.
 *
 * @param cloud for programs that talk to one; others get a region and a key that is worth nothing
 */
export const localEnvironment = (cloud?: LocalCloud): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => inherited.some((known) => known.test(name)))),
  ...withoutProxyForLoopback(process.env),
  AWS_REGION: defaultRegion,
  AWS_DEFAULT_REGION: defaultRegion,
  AWS_ACCESS_KEY_ID: localStackKey.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localStackKey.secretAccessKey,
  ...(cloud === undefined ? {} : settingsOf(cloud)),
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  SAM_CLI_TELEMETRY: '0',
  DISABLE_DEPRECATION_NOTICE: '1',
  // sam build looks for esbuild on the PATH.
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
});

/**
 * Makes the AWS clients of this process independent of the user's AWS settings: a profile, a retry mode or an endpoint for one service
 * would change what they do. Call it once, before the first client is made.
 */
export const forgetAwsSettings = (): void => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
};
