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
    /** In place of those of `samconfig.toml`'s environment `local`. */
    parameters?: Readonly<Record<string, string | number>>;
  }>;

/** SAM leaves files in the temporary directory, above all where it is interrupted: it gets one of its own. */
const runSam = ({ args, env }: Readonly<{ args: readonly string[]; env: NodeJS.ProcessEnv }>): Promise<string> =>
  inTemporaryFolder('sam', (folder) =>
    runCommand({ program: venvProgram('tools', 'python'), args, cwd: root, env: { ...env, TMPDIR: folder } }),
  );

/** Bundles the functions into a folder of its own, so that two deployments don't meet. Needs the virtual environment `tools`. */
export const buildTemplate = async (): Promise<string> => {
  // SAM writes a file beside the folder that it builds into.
  const folder = join(temporaryFolder('build'), 'build');
  await runSam({
    args: ['-m', 'samcli', 'build', '--template-file', join(root, 'template.yaml'), '--build-dir', folder],
    env: localEnvironment(),
  });
  return folder;
};

/** Deploys what `buildTemplate` made with `samlocal deploy`, and returns the stack's outputs. */
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

/** Removes what `buildTemplate` made. */
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

/** Where the API of a local cloud answers: the host name in `ApiUrl` is AWS's. Works on MiniStack and on LocalStack. */
export const localApiUrl = (endpoint: string, { ApiId }: Pick<Outputs, 'ApiId'>): string =>
  `${endpoint}/_aws/execute-api/${ApiId}/Prod`;
