import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import type { LocalCloud } from '../../dev/start/environment';

/** The physical ids of a stack's resources, by their logical ids in the template. */
export const resourcesOf = async ({
  endpoint,
  region,
  credentials,
  stackName,
}: LocalCloud & Readonly<{ stackName: string }>): Promise<Readonly<Record<string, string>>> => {
  const client = new CloudFormationClient({ endpoint, region, credentials });
  const found: Record<string, string> = {};
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: stackName },
  )) {
    for (const { LogicalResourceId = '', PhysicalResourceId = '' } of StackResourceSummaries) {
      found[LogicalResourceId] = PhysicalResourceId;
    }
  }
  return found;
};
