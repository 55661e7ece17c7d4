import { buildTemplate, deployTemplate, removeBuild } from '../../dev/cloud/deploy';
import { type MiniStack, startMiniStack } from '../../dev/cloud/ministack';
import { freePort } from '../../dev/cloud/ports';
import { seedStack } from '../../dev/cloud/seed';
import { ensureVenv } from '../../dev/python/python';
import { type Stack, stack as stackOf } from '../stack/cloud';
import { stackParameters } from '../stack/parameters';
import { faultSchedule } from './fault-schedule';
import { startProxy } from './proxy';
import { say } from './report';
import { wireJournal, type WireJournal } from './wire-journal';

export const stackName = 'crm-ingestion-faults';

const region = 'us-east-1';

/** The retries come soon, but not while a slow batch still runs. */
const parameters = {
  ...stackParameters,
  IngestAuth: 'SECRET',
  EnrichmentDelaySeconds: 2,
  RetryAfterSeconds: 8,
  TableName: 'faults-table',
  ReaderUserName: 'faults-reader',
} as const;

export type FaultyCloud = Readonly<{
  cloud: MiniStack;
  stack: Stack;
  journal: WireJournal;
  /** Whether the proxy makes calls fail. */
  storm: { isOn: boolean };
}>;

/**
 * Starts the embedded cloud, deploys the template with a proxy between the functions and the cloud, and calls `work`.
 * Then it stops everything that it started.
 */
export const onFaultyCloud = async (
  seed: number,
  signal: AbortSignal,
  work: (faulty: FaultyCloud) => Promise<number>,
): Promise<number> => {
  await Promise.all([ensureVenv('ministack', say), ensureVenv('tools', say)]);
  signal.throwIfAborted();
  const build = await buildTemplate();
  const journal = wireJournal();
  const storm = { isOn: false };
  const decide = faultSchedule(seed);
  const closing: (() => Promise<void> | void)[] = [() => removeBuild(build)];
  try {
    signal.throwIfAborted();
    const cloud = await startMiniStack(await freePort());
    closing.unshift(() => cloud.stop());
    const proxy = await startProxy({
      port: Number(new URL(cloud.endpoint).port),
      decide: (service) => (storm.isOn ? decide(service) : undefined),
      journal,
    });
    closing.unshift(() => proxy.stop());
    signal.throwIfAborted();
    return await work({ cloud, stack: await deploy(build, cloud, proxy.url), journal, storm });
  } finally {
    for (const close of closing) await close();
  }
};

const deploy = async (build: string, { endpoint, credentials }: MiniStack, proxyUrl: string): Promise<Stack> => {
  const place = { endpoint, region, credentials };
  const outputs = await deployTemplate(build, {
    ...place,
    stackName,
    parameters: { ...parameters, AwsEndpointUrl: proxyUrl },
  });
  await seedStack({ ...place, sender: parameters.SesFromAddress }, outputs);
  return stackOf({
    ...place,
    cloud: 'embedded',
    stackName,
    outputs,
    delaySeconds: parameters.EnrichmentDelaySeconds,
    // These tests send no queries, so that they need no key of a reader.
    reader: { accessKeyId: '', secretAccessKey: '' },
  });
};
