import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { operatorOf } from './operator';
import { outputsOf } from './stack-outputs';
import { stackClientSettings, stackPorts } from '../../shared/aws/operator-stack';
import { throughProxy } from './proxy';

/**
 * Opens a deployed stack in the account and region of the standard AWS environment.
 *
 * @throws a Problem that says what to do if the stack does not exist or cannot be described
 */
export const openStack = async (stackName: string) => {
  const [outputs, by] = await Promise.all([outputsOf(stackName), operatorOf()]);
  const clients = {
    dynamodb: new DynamoDBClient(throughProxy(stackClientSettings.dynamodb)),
    s3: new S3Client(throughProxy(stackClientSettings.s3)),
    secrets: new SecretsManagerClient(throughProxy(stackClientSettings.secrets)),
    sqs: new SQSClient(throughProxy(stackClientSettings.sqs)),
  };
  return stackPorts(clients, outputs, () => new Date(), by);
};

export type OpenStack = Awaited<ReturnType<typeof openStack>>;
