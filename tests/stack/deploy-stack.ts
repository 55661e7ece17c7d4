import { deployTemplate } from '../../dev/cloud/deploy';
import type { MiniStack } from '../../dev/cloud/ministack';
import { seedStack } from '../../dev/cloud/seed';
import { type Stack, stack as stackOf } from './cloud';

type Deployment = Readonly<{
  stackName: string;
  parameters: Readonly<Record<string, string | number>> &
    Readonly<{ EnrichmentDelaySeconds: number; SesFromAddress: string }>;
}>;

/**
 * Deploys a build of the template to an embedded cloud, for a command that reads no leads over HTTP, so that it needs no
 * key of a reader.
 */
export const deployStack = async (
  build: string,
  { endpoint, credentials }: MiniStack,
  { stackName, parameters }: Deployment,
): Promise<Stack> => {
  const place = { endpoint, region: 'us-east-1', credentials };
  const outputs = await deployTemplate(build, { ...place, stackName, parameters });
  await seedStack({ ...place, sender: parameters.SesFromAddress }, outputs);
  return stackOf({
    ...place,
    cloud: 'embedded',
    stackName,
    outputs,
    delaySeconds: parameters.EnrichmentDelaySeconds,
    reader: { accessKeyId: '', secretAccessKey: '' },
  });
};
