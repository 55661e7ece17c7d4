import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../shared/aws/clients';
import { adviceOn } from './advice';
import { nameAndMessage, Problem } from './problem';
import { stackClientSettings, stackPorts } from './stack-ports';

/**
 * Finds a deployed stack in the account and region of the standard AWS environment, and what commands need of it.
 *
 * @throws a Problem that says what to do when there is no such stack, or no way to ask
 */
export const openStack = async (stackName: string) => {
  const outputs = await outputsOf(stackName);
  const clients = {
    dynamodb: new DynamoDBClient(stackClientSettings.dynamodb),
    s3: new S3Client(stackClientSettings.s3),
    sqs: new SQSClient(stackClientSettings.sqs),
  };
  return stackPorts(clients, outputs, () => new Date());
};

export type OpenStack = Awaited<ReturnType<typeof openStack>>;

const outputsOf = async (stackName: string): Promise<(name: string) => string> => {
  const { Stacks = [] } = await new CloudFormationClient(clientSettings)
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((error: unknown) => {
      const { name, message } = nameAndMessage(error);
      if (/does not exist/i.test(message)) throw noSuchStack(stackName);
      const { kind, advice } = adviceOn(name, message);
      throw new Problem(kind, `The stack ${stackName} could not be looked up: ${advice}`);
    });
  const found = new Map((Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  return (name) => {
    const value = found.get(name);
    if (value === undefined)
      throw new Problem('no-stack', `The stack ${stackName} has no output ${name}: is it a stack of this project?`);
    return value;
  };
};

const noSuchStack = (stackName: string): Problem =>
  new Problem(
    'no-stack',
    `The stack ${stackName} could not be looked up: it does not exist in this account and region. Give its name with --stack-name, or set AWS_REGION.`,
  );
