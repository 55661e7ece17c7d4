import { buildTemplate, deployTemplate, removeBuild } from '../../dev/cloud/deploy';
import { forgetAwsSettings } from '../../dev/start/environment';
import { startMiniStack } from '../../dev/cloud/ministack';
import { freePort } from '../../dev/cloud/ports';
import { seedStack } from '../../dev/cloud/seed';
import { endOnSignals } from '../support/end-on-signals';
import { leaveForTests } from '../stack/deployed';
import { stackParameters } from '../stack/parameters';
import { makeReaderKey } from '../stack/reader-key';
import { resourcesOf } from '../stack/resources';

/** Starts one embedded cloud on a free port, and deploys the template to two of its regions. */
export default async (): Promise<void> => {
  forgetAwsSettings();
  // The build comes first, so that no cloud runs if it fails.
  const build = await buildTemplate();
  const cloud = await startMiniStack(await freePort());
  const { endpoint, credentials } = cloud;
  globalThis.stopEmbeddedCloud = async () => {
    await cloud.stop();
    removeBuild(build);
  };
  endOnSignals(() => globalThis.stopEmbeddedCloud());
  const place = (region: string, stackName: string) => {
    const parameters = { ...stackParameters, TableName: 'data-table', ReaderUserName: `reader-${region}` };
    const at = { endpoint, region, credentials, stackName };
    return {
      at,
      deploy: async (more: Readonly<Record<string, string | number>> = {}) => {
        const outputs = await deployTemplate(build, { ...at, parameters: { ...parameters, ...more } });
        await seedStack({ ...at, sender: stackParameters.SesFromAddress }, outputs);
        return { ...at, cloud: 'embedded', outputs, delaySeconds: stackParameters.EnrichmentDelaySeconds } as const;
      },
    };
  };
  try {
    const first = await place('us-east-1', 'crm-ingestion-dev').deploy();
    // Deployed twice, first with another delay, so that a test can check what an update does to a stack.
    const eu = place('eu-north-1', 'crm-ingestion-eu');
    const VerifySesIdentity = 'true';
    await eu.deploy({ VerifySesIdentity, EnrichmentDelaySeconds: 3 });
    const resourcesBefore = await resourcesOf(eu.at);
    const second = await eu.deploy({ VerifySesIdentity });
    const reader = ({ outputs, ...at }: typeof first) => makeReaderKey(at, outputs.ReaderUserName);
    leaveForTests([
      { ...first, reader: await reader(first) },
      { ...second, reader: await reader(second), resourcesBefore },
    ]);
  } catch (error) {
    await globalThis.stopEmbeddedCloud();
    throw error;
  }
};

declare global {
  var stopEmbeddedCloud: () => Promise<void>;
}
