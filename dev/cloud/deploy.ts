import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { PathReporter } from 'io-ts/PathReporter';
import { dirname, join } from 'node:path';
import { type LocalCloud, localEnvironment } from '../start/environment';
import { root } from '../paths';
import { venvProgram } from '../python/python';
import { runCommand } from '../run-command';
import { samconfigParameters } from './samconfig';
import { inTemporaryFolder, removeTemporaryFolder, temporaryFolder } from '../temporary-folder';

const outputs = t.type({
  ApiUrl: t.string,
  ApiId: t.string,
  DelayQueueUrl: t.string,
  RetryQueueUrl: t.string,
  DeadLetterQueueUrl: t.string,
  RawBucketName: t.string,
  LookupBucketName: t.string,
  EnrichedBucketName: t.string,
  TableName: t.string,
  SourcesSecretName: t.string,
  ReaderUserName: t.string,
});

export type Outputs = t.TypeOf<typeof outputs>;

export type Deployment = LocalCloud &
  Readonly<{
    stackName: string;
    /** They replace parameters of environment `local` in samconfig.toml. */
    parameters?: Readonly<Record<string, string | number>>;
  }>;

/** Runs SAM with a temporary directory of its own, because SAM leaves files there if it is interrupted. */
const runSam = ({ args, env }: Readonly<{ args: readonly string[]; env: NodeJS.ProcessEnv }>): Promise<string> =>
  inTemporaryFolder('sam', (folder) =>
    runCommand({ program: venvProgram('tools', 'python'), args, cwd: root, env: { ...env, TMPDIR: folder } }),
  );

/**
 * Bundles the functions into a new folder, so that concurrent deployments do not share one. Needs the virtual
 * environment `tools`.
 */
export const buildTemplate = async (): Promise<string> => {
  // SAM also writes a file beside its build folder.
  const folder = join(temporaryFolder('build'), 'build');
  await runSam({
    args: ['-m', 'samcli', 'build', '--template-file', join(root, 'template.yaml'), '--build-dir', folder],
    env: localEnvironment(),
  });
  return folder;
};

/** Deploys a folder of `buildTemplate` with `samlocal deploy`, and returns the outputs of the stack. */
export const deployTemplate = async (
  buildFolder: string,
  { stackName, parameters = {}, ...cloud }: Deployment,
): Promise<Outputs> => {
  // One file lists the parameters, so that `samlocal deploy --config-env local` by hand deploys the same stack.
  const overrides = { ...samconfigParameters('local'), Architecture: architecture, ...parameters };
  await runSam({
    args: [
      venvProgram('tools', 'samlocal'),
      'deploy',
      ...['--template-file', join(buildFolder, 'template.yaml'), '--config-file', join(root, 'samconfig.toml')],
      ...['--config-env', 'local', '--stack-name', stackName, '--region', cloud.region],
      ...['--parameter-overrides', ...Object.entries(overrides).map(([name, value]) => `${name}=${value}`)],
    ],
    env: localEnvironment(cloud),
  });
  return readOutputs({ stackName, ...cloud });
};

/** Removes a folder of `buildTemplate`. */
export const removeBuild = (buildFolder: string): void => removeTemporaryFolder(dirname(buildFolder));

const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';

const readOutputs = async ({ endpoint, region, credentials, stackName }: Deployment): Promise<Outputs> => {
  const client = new CloudFormationClient({ endpoint, region, credentials });
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
  const found = Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]),
  );
  const decoded = outputs.decode(found);
  if (E.isLeft(decoded)) throw new Error(`The stack lacks outputs: ${PathReporter.report(decoded).join('; ')}`);
  return decoded.right;
};

/** URL of the API on a local cloud, MiniStack or LocalStack. The output `ApiUrl` has the host name of AWS. */
export const localApiUrl = (endpoint: string, { ApiId }: Pick<Outputs, 'ApiId'>): string =>
  `${endpoint}/_aws/execute-api/${ApiId}/Prod`;
