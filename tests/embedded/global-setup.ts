import { buildTemplate, deployTemplate, removeBuild } from '../../local/deploy';
import { freePort, startMiniStack } from '../../local/ministack';
import { seedStack } from '../../local/seed';
import { type Deployed, leaveForTests } from '../stack/cloud';
import { stackParameters } from '../stack/parameters';
import { makeReaderKey } from '../stack/reader-key';

/** One embedded cloud on a free port, the real template deployed to two regions of it. */
export default async (): Promise<void> => {
  // One after the other: a build that fails must not leave a cloud behind.
  const build = await buildTemplate();
  const cloud = await startMiniStack(await freePort());
  const { endpoint } = cloud;
  globalThis.stopEmbeddedCloud = async () => {
    await cloud.stop();
    removeBuild(build);
  };
  const deploy = async (region: string, stackName: string, tableName: string): Promise<Deployed> => {
    const parameters = { ...stackParameters, TableName: tableName, ReaderUserName: `reader-${region}` };
    const outputs = await deployTemplate(build, { endpoint, region, stackName, parameters });
    await seedStack({ endpoint, region, sender: stackParameters.SesFromAddress }, outputs);
    const reader = await makeReaderKey(endpoint, region, outputs.ReaderUserName);
    return {
      cloud: 'embedded',
      reader,
      endpoint,
      region,
      stackName,
      outputs,
      delaySeconds: stackParameters.EnrichmentDelaySeconds,
    };
  };
  try {
    leaveForTests([
      await deploy('us-east-1', 'crm-ingestion-dev', 'data-table'),
      await deploy('eu-north-1', 'crm-ingestion-eu', 'data-table'),
    ]);
  } catch (error) {
    await globalThis.stopEmbeddedCloud();
    throw error;
  }
};

declare global {
  var stopEmbeddedCloud: () => Promise<void>;
}
