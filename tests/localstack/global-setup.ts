import { LocalstackContainer, type StartedLocalStackContainer } from '@testcontainers/localstack';
import { execFileSync } from 'node:child_process';
import { buildTemplate, deployTemplate, removeBuild } from '../../local/deploy';
import { seedStack } from '../../local/seed';
import { leaveForTests } from '../stack/cloud';
import { stackParameters } from '../stack/parameters';
import { makeReaderKey } from '../stack/reader-key';

/** The last community release that needs no token. */
const image = process.env.LOCALSTACK_IMAGE ?? 'localstack/localstack:4.14.0';
const ryukImage = 'testcontainers/ryuk:0.14.0';
const socket = '/var/run/docker.sock';

const docker = (...args: readonly string[]): string | undefined => {
  try {
    return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
};

/** One LocalStack in a container, with the functions in containers of their own, the real template deployed. */
export default async (): Promise<void> => {
  if (docker('info') === undefined) {
    throw new Error(
      'These tests need a Docker engine, and none answers: start Docker, then run npm run test:localstack again.',
    );
  }
  // Ryuk removes the containers of a run that was killed. Where its image is not to be had, the tear-down alone does it.
  if (docker('image', 'inspect', ryukImage) === undefined) process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';

  // One after the other: a build that fails must not leave a container behind.
  const build = await buildTemplate();
  const container = await new LocalstackContainer(image)
    .withEnvironment({
      // Each function container is removed soon after its last call, and all of them when LocalStack stops.
      LAMBDA_KEEPALIVE_MS: '120000',
      LAMBDA_REMOVE_CONTAINERS: '1',
      SERVICES:
        'apigateway,cloudformation,cloudwatch,dynamodb,events,iam,kms,lambda,logs,s3,secretsmanager,ses,sns,sqs,sts,ssm',
    })
    .withBindMounts([{ source: socket, target: socket }])
    .start();
  globalThis.stopLocalStack = () => stop(container, build);
  try {
    const endpoint = container.getConnectionUri().replace('localhost', '127.0.0.1');
    const deployment = { endpoint, region: 'us-east-1', stackName: 'crm-ingestion-dev' };
    const outputs = await deployTemplate(build, { ...deployment, parameters: stackParameters });
    await seedStack({ ...deployment, sender: stackParameters.SesFromAddress }, outputs);
    leaveForSamLocal(container, build);
    const reader = await makeReaderKey(endpoint, deployment.region, outputs.ReaderUserName);
    leaveForTests([
      { cloud: 'localstack', ...deployment, outputs, reader, delaySeconds: stackParameters.EnrichmentDelaySeconds },
    ]);
  } catch (error) {
    await globalThis.stopLocalStack();
    throw error;
  }
};

/** What the tests of `sam local` need to know besides: the container that other containers are to find, and the bundles. */
const leaveForSamLocal = (container: StartedLocalStackContainer, build: string): void => {
  process.env.LEADLINE_CONTAINER = container.getId();
  process.env.LEADLINE_BUILD = build;
};

const stop = async (container: StartedLocalStackContainer, build: string): Promise<void> => {
  removeBuild(build);
  // With a time-out LocalStack ends the function containers first; without one it is killed and they stay.
  await container.stop({ timeout: 30_000 });
};

declare global {
  var stopLocalStack: () => Promise<void>;
}
