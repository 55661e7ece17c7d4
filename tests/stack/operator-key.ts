import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Stack } from './cloud';
import { newLeadId } from './waiting';

/** The variables of an operator who may do nothing but what `use` needs to be tried without. */
type KeyVariables = Readonly<{ AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string }>;

/**
 * Runs a test as an IAM user who may do only the given actions, and removes the user.
 *
 * @param actions such as `cloudformation:DescribeStacks`, on every resource
 */
export const asUserWith = async <A>(
  { clientFor, credentials }: Stack,
  actions: readonly string[],
  use: (variables: KeyVariables) => Promise<A>,
): Promise<A> => {
  const iam = new IAMClient(clientFor(credentials));
  const UserName = `limited-${newLeadId()}`;
  const PolicyName = 'limited';
  await iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const AccessKeyId = AccessKey?.AccessKeyId ?? '';
  await iam.send(
    new PutUserPolicyCommand({
      UserName,
      PolicyName,
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
      }),
    }),
  );
  try {
    return await use({ AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '' });
  } finally {
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    await iam.send(new DeleteUserCommand({ UserName }));
  }
};
