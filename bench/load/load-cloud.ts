import { buildTemplate, removeBuild } from '../../dev/cloud/deploy';
import { type MiniStack, startMiniStack } from '../../dev/cloud/ministack';
import { freePort } from '../../dev/cloud/ports';
import { ensureVenv } from '../../dev/python/python';
import type { Stack } from '../../tests/stack/cloud';
import { deployStack } from '../../tests/stack/deploy-stack';
import { putSources } from '../../tests/stack/put-source';
import type { LoadSource } from './sources';

const stackName = 'crm-ingestion-load';

/** Long enough that messages wait in the queue, short enough that a run ends soon after its last lead. */
export const delaySeconds = 10;

/** Otherwise the settings of production: a retry waits until no worker can still run, and the log has its usual lines. */
const parameters = {
  EnrichmentDelaySeconds: delaySeconds,
  RetryAfterSeconds: 60,
  IngestAuth: 'SECRET',
  LogLevel: 'INFO',
  SesFromAddress: 'leads@example.com',
  SesToAddress: 'sales@example.com',
  TableName: 'load-table',
  ReaderUserName: 'load-reader',
} as const;

export type LoadCloud = Readonly<{ cloud: MiniStack; stack: Stack }>;

/**
 * Starts the embedded cloud, deploys the template, stores the sources, and calls `work`. Then it stops everything that
 * it started.
 */
export const onLoadCloud = async <A>(
  sources: readonly LoadSource[],
  say: (line: string) => void,
  signal: AbortSignal,
  work: (load: LoadCloud) => Promise<A>,
): Promise<A> => {
  await Promise.all([ensureVenv('ministack', say), ensureVenv('tools', say)]);
  signal.throwIfAborted();
  const build = await buildTemplate();
  try {
    signal.throwIfAborted();
    const cloud = await startMiniStack(await freePort());
    try {
      const stack = await deployStack(build, cloud, { stackName, parameters });
      await putSources(stack, Object.fromEntries(sources.map(({ id, entry }) => [id, entry])));
      signal.throwIfAborted();
      return await work({ cloud, stack });
    } finally {
      await cloud.stop();
    }
  } finally {
    removeBuild(build);
  }
};
