import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createHash } from 'node:crypto';
import { userInfo } from 'node:os';
import { addressInText } from '../../shared/codecs/address-in-text';
import { throughProxy } from './proxy';

/** How long a command waits for STS. */
const timeoutMs = 2_000;

/**
 * Who runs the command, as the history of an event records it: the ARN of the credentials, or the name of the user on
 * this machine if STS does not answer within 2 s.
 */
export const operatorOf = async (): Promise<string> => {
  const client = new STSClient(
    throughProxy({ maxAttempts: 1, requestHandler: { requestTimeout: timeoutMs, throwOnRequestTimeout: true } }),
  );
  const arn = await client.send(new GetCallerIdentityCommand({})).then(
    ({ Arn }) => Arn,
    () => undefined,
  );
  return withoutAddresses(arn ?? `user ${userName()}`);
};

/**
 * Replaces each part of an ARN that is an e-mail address by a short hash. The session of a user who signed in often has
 * the address as its name. The hash still tells operators apart.
 */
export const withoutAddresses = (name: string): string =>
  name
    .split('/')
    .map((part) =>
      addressInText.test(part) ? `address-${createHash('sha256').update(part).digest('hex').slice(0, 8)}` : part,
    )
    .join('/');

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user that has no name.
    return 'unknown';
  }
};
