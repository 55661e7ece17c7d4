import { LocalstackContainer, type StartedLocalStackContainer } from '@testcontainers/localstack';
import { execFileSync } from 'node:child_process';
import { buildTemplate, deployTemplate, removeBuild } from '../../dev/cloud/deploy';
import { forgetAwsSettings, localStackKey } from '../../dev/start/environment';
import { seedStack } from '../../dev/cloud/seed';
import { endOnSignals } from '../support/end-on-signals';
import { leaveForTests } from '../stack/deployed';
import { stackParameters } from '../stack/parameters';
import { makeReaderKey } from '../stack/reader-key';
import { corsOrigin } from './cors-origin';

/** The last community release that needs no token. */
const image = process.env.LOCALSTACK_IMAGE ?? 'localstack/localstack:4.14.0';
const ryukImage = 'testcontainers/ryuk:0.14.0';
const socket = '/var/run/docker.sock';

const services = [
  ...['apigateway', 'cloudformation', 'cloudwatch', 'dynamodb', 'events', 'iam', 'kms', 'lambda', 'logs', 's3'],
  ...['secretsmanager', 'ses', 'sns', 'sqs', 'sts', 'ssm'],
].join(',');

const docker = (...args: readonly string[]): string | undefined => {
  try {
    return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
};

/**
 * Starts one LocalStack in a container, and deploys the template. LocalStack runs each function in another container.
 */
export default async (): Promise<void> => {
  if (docker('info') === undefined) {
    throw new Error(
      'These tests need a Docker engine, but none answers. Start Docker, then run npm run test:localstack again.',
    );
  }
  // Ryuk removes the containers of a run that was killed. Without its image only the tear-down removes them.
  if (docker('image', 'inspect', ryukImage) === undefined) process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';

  forgetAwsSettings();
  // The build comes first, so that no container runs if it fails.
  const build = await buildTemplate();
  makeNetwork();
  const container = await new LocalstackContainer(image)
    .withNetworkMode(network)
    .withNetworkAliases('localstack')
    .withEnvironment({
      // The default value. With an alias LocalStack would use the alias in the URLs of queues.
      LOCALSTACK_HOST: 'localhost',
      LAMBDA_DOCKER_NETWORK: network,
      // LocalStack removes a function's container two minutes after its last call, and all containers when it stops.
      LAMBDA_KEEPALIVE_MS: '120000',
      LAMBDA_REMOVE_CONTAINERS: '1',
      SERVICES: services,
    })
    .withBindMounts([{ source: socket, target: socket }])
    .start()
    .catch((error: unknown) => {
      removeNetwork();
      throw error;
    });
  globalThis.stopLocalStack = () => stop(container, build);
  endOnSignals(() => globalThis.stopLocalStack());
  try {
    const endpoint = container.getConnectionUri().replace('localhost', '127.0.0.1');
    const deployment = { endpoint, region: 'us-east-1', credentials: localStackKey, stackName: 'crm-ingestion-dev' };
    const parameters = { ...stackParameters, CorsAllowedOrigin: corsOrigin };
    const outputs = await deployTemplate(build, { ...deployment, parameters });
    await seedStack({ ...deployment, sender: stackParameters.SesFromAddress }, outputs);
    leaveForSamLocal(build);
    const reader = await makeReaderKey(deployment, outputs.ReaderUserName);
    leaveForTests([
      { cloud: 'localstack', ...deployment, outputs, reader, delaySeconds: stackParameters.EnrichmentDelaySeconds },
    ]);
  } catch (error) {
    await globalThis.stopLocalStack();
    throw error;
  }
};

/** Passes two more values to the tests of `sam local`: the network of LocalStack, and the folder of the build. */
const leaveForSamLocal = (build: string): void => {
  process.env.LEADLINE_NETWORK = network;
  process.env.LEADLINE_BUILD = build;
};

const network = `leadline-test-${process.pid}`;

/**
 * Containers of this network publish their ports only on the loopback interface. By default they listen on all
 * interfaces.
 */
const makeNetwork = (): void => {
  const option = 'com.docker.network.bridge.host_binding_ipv4=127.0.0.1';
  if (docker('network', 'create', '--opt', option, network) === undefined) {
    throw new Error(`Docker could not make the network ${network}; docker network prune makes room for new ones.`);
  }
};

const removeNetwork = (): void => void docker('network', 'rm', network);

const stop = async (container: StartedLocalStackContainer, build: string): Promise<void> => {
  removeBuild(build);
  // With a time-out LocalStack removes the containers of the functions. Without one Docker kills it, and they stay.
  await container.stop({ timeout: 60_000 });
  // On a busy machine the time-out may be too short. Only containers of this run are on this network.
  const left = docker('ps', '--all', '--quiet', '--filter', `network=${network}`) ?? '';
  if (left !== '') docker('rm', '--force', ...left.split('\n'));
  removeNetwork();
};

declare global {
  var stopLocalStack: () => Promise<void>;
}
