import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type LocalCloud, localStackKey } from '../start/environment';

const functions = ['IngestionFunction', 'EnrichmentFunction', 'QueryFunction', 'ReconcileFunction'];

/**
 * The content of the file for `sam local invoke --env-vars`, with which a function uses a stack on a local cloud.
 *
 * It has the environment variables of the deployed functions, and the endpoint of the cloud.
 *
 * @param cloud with the endpoint for this process
 * @param endpointOfContainer endpoint of the same cloud for a container
 */
export const samLocalEnvironment = async (
  cloud: LocalCloud,
  endpointOfContainer: string,
  stackName = 'crm-ingestion-dev',
): Promise<Record<string, Record<string, string>>> => {
  const client = new LambdaClient(cloud);
  return Object.fromEntries(
    await Promise.all(
      functions.map(async (name): Promise<[string, Record<string, string>]> => {
        const { Environment } = await client.send(
          new GetFunctionConfigurationCommand({ FunctionName: `${stackName}-${name}` }),
        );
        return [name, { ...Environment?.Variables, AWS_ENDPOINT_URL: endpointOfContainer }];
      }),
    ),
  );
};

const main = async (): Promise<void> => {
  const [endpointOfContainer] = process.argv.slice(2);
  if (endpointOfContainer === undefined) {
    throw new Error('Usage: npm run --silent sam-local-env -- http://<the cloud as a container sees it>:4566');
  }
  const {
    AWS_ENDPOINT_URL: endpoint = 'http://localhost:4566',
    AWS_REGION: region = 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKeyId = localStackKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey = localStackKey.secretAccessKey,
  } = process.env;
  const cloud = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
  console.log(JSON.stringify(await samLocalEnvironment(cloud, endpointOfContainer), null, 2));
};

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
