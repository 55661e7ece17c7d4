import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createHash } from 'node:crypto';
import { userInfo } from 'node:os';
import { addressInText } from '../../shared/codecs/address-in-text';
import { throughProxy } from './proxy';

/** A command waits no longer than that to learn who runs it, in milliseconds. */
const patienceMs = 2_000;

/**
 * Who runs the command, as the history of an event keeps it: the ARN of the credentials, or the user's name on this machine if AWS does not say
 * it in time.
 */
export const operatorOf = async (): Promise<string> => {
  const client = new STSClient(
    throughProxy({ maxAttempts: 1, requestHandler: { requestTimeout: patienceMs, throwOnRequestTimeout: true } }),
  );
  const arn = await client.send(new GetCallerIdentityCommand({})).then(
    ({ Arn }) => Arn,
    () => undefined,
  );
  return withoutAddresses(arn ?? `user ${userName()}`);
};

/**
 * Puts a short hash in the place of each part that is an e-mail address: the session of a person who signed in is often named by it. Operators
 * can still be told apart.
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
    // A container may run as a user without a name.
    return 'unknown';
  }
};
