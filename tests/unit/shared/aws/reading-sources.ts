import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import { readSources } from '../../../../shared/aws/source-secrets';

/** A sources secret that is valid. */
export const good = JSON.stringify({ billing: { kind: 'shared-secret', secrets: ['money-talks-99'] } });

/** What is read of `good`. */
export const known = E.right(JSON.parse(good) as unknown);

/** The real cache, over a secret and a clock that the test can change. */
export const reading = () => {
  let time = 0;
  let calls = 0;
  let secret: string | Error = good;
  const client = {
    send: () => {
      calls += 1;
      return secret instanceof Error ? Promise.reject(secret) : Promise.resolve({ SecretString: secret });
    },
  };
  const read = readSources(client as unknown as SecretsManagerClient, 'sources', () => new Date(time));
  return {
    read: (which: 'cached' | 'fresh') => read(which)(),
    calls: () => calls,
    becomes: (text: string | Error) => (secret = text),
    pass: (ms: number) => (time += ms),
  };
};
