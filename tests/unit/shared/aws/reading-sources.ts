import {
  type GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import { readSources } from '../../../../shared/aws/source-secrets';
import { sourcesOf } from '../../../support/sources-of';

/** A sources secret that is valid. */
export const good = JSON.stringify({ billing: { kind: 'shared-secret', secrets: ['money-talks-99'] } });

/** What is read of `good`. */
export const known = E.right(sourcesOf(JSON.parse(good) as Readonly<Record<string, unknown>>));

/** What Secrets Manager answers if no version has a staging label. */
const noVersion = new ResourceNotFoundException({ message: 'no version', $metadata: {} });

/** The real cache, over a secret and a clock that the test can change. */
export const reading = () => {
  let time = 0;
  let calls = 0;
  const versions: Record<'AWSCURRENT' | 'AWSPREVIOUS', string | Error> = { AWSCURRENT: good, AWSPREVIOUS: noVersion };
  const client = {
    send: ({ input }: GetSecretValueCommand) => {
      const stage = input.VersionStage as keyof typeof versions;
      if (stage === 'AWSCURRENT') calls += 1;
      const secret = versions[stage];
      return secret instanceof Error ? Promise.reject(secret) : Promise.resolve({ SecretString: secret });
    },
  };
  const read = readSources(client as unknown as SecretsManagerClient, 'sources', () => new Date(time));
  return {
    read: (which: 'cached' | 'fresh') => read(which)(),
    /** How many times the current version was read. The previous one is read together with it. */
    calls: () => calls,
    becomes: (text: string | Error) => (versions.AWSCURRENT = text),
    previousIs: (text: string | Error) => (versions.AWSPREVIOUS = text),
    pass: (ms: number) => (time += ms),
  };
};
