import { buildTemplate, removeBuild } from '../../dev/cloud/deploy';
import { type MiniStack, startMiniStack } from '../../dev/cloud/ministack';
import { freePort } from '../../dev/cloud/ports';
import { ensureVenv } from '../../dev/python/python';
import type { Stack } from '../stack/cloud';
import { deployStack } from '../stack/deploy-stack';
import { stackParameters } from '../stack/parameters';
import { faultSchedule } from './fault-schedule';
import { startProxy } from './proxy';
import { say } from './report';
import { wireJournal, type WireJournal } from './wire-journal';

export const stackName = 'crm-ingestion-faults';

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
    const deployed = { stackName, parameters: { ...parameters, AwsEndpointUrl: proxy.url } };
    return await work({ cloud, stack: await deployStack(build, cloud, deployed), journal, storm });
  } finally {
    for (const close of closing) await close();
  }
};
