import { delimiter, join } from 'node:path';
import { root } from '../paths';
import { withoutProxyForLoopback } from '../proxy.cjs';

export type AccessKey = Readonly<{ accessKeyId: string; secretAccessKey: string }>;

/**
 * LocalStack accepts this key as the root of the account. It checks no signature. The embedded cloud gets a new key at
 * each start.
 */
export const localStackKey: AccessKey = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A region of a cloud that runs on this machine. */
export type LocalCloud = Readonly<{ endpoint: string; region: string; credentials: AccessKey }>;

const defaultRegion = 'us-east-1';

/**
 * The region that the user's shell sets.
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

/**
 * The variables of the user's shell that local programs get. Others may change what the programs do (AWS_*, PIP_*,
 * NODE_ENV, LOG_LEVEL and so on).
 */
const inherited: readonly RegExp[] = [
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|TZ|LANG|LANGUAGE|LC_\w+|TMPDIR|TEMP|TMP)$/i,
  /^(XDG_\w+|DOCKER_\w+|(PYENV|ASDF|MISE)_\w+)$/i,
  // A download may need a proxy, and certificates that the user trusts.
  /^(https?_proxy|all_proxy|no_proxy|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS)$/i,
  // Windows programs do not start without these.
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
 * The environment of a program that this project runs locally. It has few variables of the user's shell, so that no
 * local program reaches a real account, and no setting for other programs has an effect here.
 *
 * @param cloud for programs that call one. Other programs get a region and a key that is valid nowhere.
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
  // `sam build` runs the esbuild on the PATH.
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
});

/**
 * Makes the AWS clients of this process independent of the user's AWS settings, such as a profile, a retry mode or the
 * endpoint of one service. Call it once, before the first client is created.
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
