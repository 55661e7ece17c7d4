import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { buildTemplate, deployTemplate, removeBuild } from '../../dev/cloud/deploy';
import { deployedStacks } from '../stack/deployed';
import { stackParameters } from '../stack/parameters';

const { endpoint, credentials } = deployedStacks()[0];
const place = { endpoint, credentials, region: 'us-west-2', stackName: 'crm-parameters' };

let build = '';

beforeAll(async () => {
  build = await buildTemplate();
});
afterAll(() => removeBuild(build));

const CertificateArn = 'arn:aws:acm:us-west-2:123456789012:certificate/a-b';

it.each([
  [{ DomainName: 'leads.example.com' }, 'DomainName needs CertificateArn, the ARN of an ACM certificate'],
  [{ CertificateArn }, 'CertificateArn needs DomainName, the domain of the certificate'],
  [{ CorsAllowedOrigin: 'https://crm.example.com/app' }, 'must be empty or one origin as a browser sends it'],
  [{ CorsAllowedOrigin: '*' }, 'must be empty or one origin as a browser sends it'],
])('a deployment with %j is refused, with what is wrong, before anything is created', async (wrong, reason) => {
  const parameters = { ...stackParameters, ReaderUserName: 'reader-parameters', ...wrong };
  await expect(deployTemplate(build, { ...place, parameters })).rejects.toThrow(reason);
  const resources = await new CloudFormationClient(place)
    .send(new DescribeStackResourcesCommand({ StackName: place.stackName }))
    .then(({ StackResources = [] }) => StackResources)
    .catch((error: unknown) => String(error));
  expect([[], expect.stringContaining('does not exist')]).toContainEqual(resources);
});
