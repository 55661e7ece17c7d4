import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { localCredentials } from '../../local/environment';

/** The physical ids of a stack's resources, by their names in the template. */
export const resourcesOf = async ({
  endpoint,
  region,
  stackName,
}: Readonly<{ endpoint: string; region: string; stackName: string }>): Promise<Readonly<Record<string, string>>> => {
  const client = new CloudFormationClient({ endpoint, region, credentials: localCredentials });
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
