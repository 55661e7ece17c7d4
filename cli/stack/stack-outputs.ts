import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { clientSettings } from '../../shared/aws/clients';
import { adviceOn } from '../problems/advice';
import { nameAndMessage } from '../problems/name-and-message';
import { Problem } from '../problems/problem';
import { throughProxy } from './proxy';

/** Gives an output of a deployed stack by its name. Throws a Problem if the stack does not have it. */
export type StackOutputs = (name: string) => string;

export type DescribedStack = Readonly<{
  outputs: StackOutputs;
  id: string;
  /** Of CloudFormation, such as `UPDATE_COMPLETE`. */
  status: string;
  /** When it was last deployed. */
  changedAt: Date | undefined;
  /** Whether the stack has an output. A stack of an earlier version has not all of them. */
  has: (output: string) => boolean;
  /** The value of a parameter; empty if the stack does not have it. */
  parameter: (name: string) => string;
}>;

/** Reads the outputs of a stack, as `describeStack` does. */
export const outputsOf = async (stackName: string): Promise<StackOutputs> => (await describeStack(stackName)).outputs;

/**
 * Describes a stack in the account and region of the standard AWS environment.
 *
 * @throws a Problem that says what to do if the stack does not exist, or CloudFormation does not answer
 */
export const describeStack = async (stackName: string): Promise<DescribedStack> => {
  const { Stacks = [] } = await new CloudFormationClient(throughProxy(clientSettings))
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((error: unknown) => {
      const { name, message } = nameAndMessage(error);
      if (/does not exist/i.test(message)) throw noSuchStack(stackName);
      const { kind, advice } = adviceOn(name, message);
      throw new Problem(kind, `Cannot describe the stack ${stackName}: ${advice}`);
    });
  const stack = Stacks.find(({ StackName, StackId }) => [StackName, StackId].includes(stackName));
  if (stack === undefined) throw noSuchStack(stackName);
  const found = new Map((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const outputs: StackOutputs = (name) => {
    const value = found.get(name);
    if (value === undefined)
      throw new Problem(
        'no-stack',
        `The stack ${stackName} has no output ${name}. Give the name of a Leadline stack, or deploy the stack again.`,
      );
    return value;
  };
  const parameters = new Map(
    (stack.Parameters ?? []).map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]),
  );
  return {
    outputs,
    id: stack.StackId ?? '',
    status: stack.StackStatus ?? '',
    changedAt: stack.LastUpdatedTime ?? stack.CreationTime,
    has: (output) => found.has(output),
    parameter: (name) => parameters.get(name) ?? '',
  };
};

const noSuchStack = (stackName: string): Problem =>
  new Problem(
    'no-stack',
    `The stack ${stackName} does not exist in this account and region. ` +
      'Give its name with --stack-name, or its region with --region.',
  );
