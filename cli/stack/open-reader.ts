import { IAMClient } from '@aws-sdk/client-iam';
import { clientSettings } from '../../shared/aws/clients';
import { userKeys } from '../../shared/aws/reader-keys';
import type { AccessKeys } from '../../shared/operations/access-keys';
import { Problem } from '../problems/problem';
import { apiUrlIn, localEndpoint } from './local-endpoint';
import { throughProxy } from './proxy';
import { describeStack } from './stack-outputs';

/** The user of a stack that may read leads over HTTP. */
export type OpenReader = Readonly<{ userName: string; apiUrl: string; keys: AccessKeys }>;

/**
 * Opens the reader of a stack.
 *
 * @throws a Problem that says what to do if the stack has no user that reads leads
 */
export const openReader = async (stackName: string): Promise<OpenReader> => {
  const { outputs, has } = await describeStack(stackName);
  if (!has('ReaderUserName'))
    throw new Problem(
      'refused',
      `The stack ${stackName} has no user that reads leads, so that there are no access keys. ` +
        (has('ReaderRoleArn')
          ? `Readers assume the role ${outputs('ReaderRoleArn')}, which needs no key: aws sts assume-role. `
          : '') +
        'To create a user, deploy the stack with ReaderUserName=NAME and CAPABILITY_NAMED_IAM. ' +
        'A role (ReaderRoleTrustArn) is better where it is possible: its credentials are temporary.',
    );
  const userName = outputs('ReaderUserName');
  return {
    userName,
    apiUrl: apiUrlIn(outputs, localEndpoint(process.env)),
    keys: userKeys(new IAMClient(throughProxy(clientSettings)), userName),
  };
};
