import { type IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import {
  type MissingPermission,
  operatorPermissions,
  type OperatorResource,
} from '../../operations/doctor/operator-permissions';

/**
 * The principal whose policies IAM can simulate. A session of a role has an ARN of STS, without the path of the role.
 *
 * @returns `undefined` for the root of the account, which may do everything, and for a federated user
 */
export const principalOf = (callerArn: string): string | undefined => {
  const [, partition = '', account = '', role = ''] =
    /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  if (role !== '') return `arn:${partition}:iam::${account}:role/${role}`;
  return /^arn:[^:]+:iam::\d+:user\//.test(callerArn) ? callerArn : undefined;
};

/** The ARNs of the resources of a stack. */
export const operatorResources = (
  outputs: (name: string) => string,
  { stackId, callerArn, region }: Readonly<{ stackId: string; callerArn: string; region: string }>,
): Readonly<Record<OperatorResource, string>> => {
  const [, partition = 'aws', , , account = ''] = callerArn.split(':');
  const arn = (service: string, name: string): string => `arn:${partition}:${service}:${region}:${account}:${name}`;
  const stackName = stackId.split('/')[1] ?? '';
  const queue = (name: string): string => arn('sqs', outputs(`${name}Url`).split('/').at(-1) ?? '');
  const bucket = (name: string): string => `arn:${partition}:s3:::${outputs(name)}`;
  return {
    stack: stackId,
    table: arn('dynamodb', `table/${outputs('TableName')}`),
    DeadLetterQueue: queue('DeadLetterQueue'),
    RetryQueue: queue('RetryQueue'),
    DelayQueue: queue('DelayQueue'),
    'raw bucket': bucket('RawBucketName'),
    'raw objects': `${bucket('RawBucketName')}/raw/any.json`,
    'lookup bucket': bucket('LookupBucketName'),
    'lookup objects': `${bucket('LookupBucketName')}/any.json`,
    // Secrets Manager adds six characters to the name.
    'sources secret': arn('secretsmanager', `secret:${outputs('SourcesSecretName')}-a1b2c3`),
    'all metrics': '*',
    'logs of the functions': arn('logs', `log-group:/aws/lambda/${stackName}-QueryFunction:log-stream:any`),
    'GET /leads': arn('execute-api', `${outputs('ApiId')}/Prod/GET/leads`),
  };
};

/**
 * Asks IAM which permissions of an operator a principal lacks. IAM does not know the policies of the organization.
 *
 * @throws what the SDK throws
 */
export const missingPermissions = async (
  client: IAMClient,
  principalArn: string,
  resources: Readonly<Record<OperatorResource, string>>,
): Promise<readonly MissingPermission[]> => {
  const missing: MissingPermission[] = [];
  for (const [on, actions] of Object.entries(operatorPermissions) as [OperatorResource, readonly string[]][]) {
    const { EvaluationResults = [] } = await client.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: principalArn,
        ActionNames: [...actions],
        ResourceArns: [resources[on]],
      }),
    );
    for (const { EvalActionName = '', EvalDecision } of EvaluationResults)
      if (EvalDecision !== 'allowed') missing.push({ action: EvalActionName, on });
  }
  return missing;
};
