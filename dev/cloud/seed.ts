import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient, VerifyEmailIdentityCommand } from '@aws-sdk/client-ses';
import * as E from 'fp-ts/Either';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { source } from '../../shared/sources/source';
import type { Outputs } from './deploy';
import type { LocalCloud } from '../start/environment';
import { root } from '../paths';

/** The environment variables with the secrets of the local sources, and the example values of .envrc.example. */
const secretVariables = [
  { variable: 'WEBHOOK_SECRET_INGEST', sources: ['lead_ingest', 'ingest'], example: 'super-secret-123' },
  { variable: 'WEBHOOK_SECRET_BILLING', sources: ['billing'], example: 'money-talks-99' },
  { variable: 'WEBHOOK_SECRET_SIGNUP', sources: ['signup'], example: 'welcome-hero-00' },
] as const;

/** For the error message. shared/sources/schemes/ enforces it. */
const minimumLength = 8;

/** An entry of the sources secret. */
export type LocalSource = Readonly<{ auth: Readonly<{ scheme: 'body-secret'; secrets: readonly string[] }> }>;

/**
 * The local sources with the secrets of the environment. A source without a secret there gets its example value.
 *
 * @throws an Error that names the variable with an invalid secret, and the rule
 */
export const sourcesFromEnvironment = (environment: NodeJS.ProcessEnv): Readonly<Record<string, LocalSource>> =>
  Object.fromEntries(
    secretVariables.flatMap(({ variable, sources, example }) => {
      const secret = environment[variable] ?? '';
      const entry: LocalSource = { auth: { scheme: 'body-secret', secrets: [secret === '' ? example : secret] } };
      // IngestionFunction refuses the senders of an invalid entry, so that such an entry must not be written.
      if (!E.isRight(source.decode(entry))) {
        throw new Error(
          `${variable} must have at least ${minimumLength} characters, and has ${secret.length}: ` +
            'set a longer secret, or unset it.',
        );
      }
      return sources.map((id) => [id, entry]);
    }),
  );

const ownersFolder = join(root, 'events', 'owners');

/** Writes to a new local stack what its owner would write on AWS: sources, owners, and the sender's address for SES. */
export const seedStack = async (
  { endpoint, region, credentials, sender }: LocalCloud & Readonly<{ sender: string }>,
  { SourcesSecretName, LookupBucketName }: Outputs,
): Promise<void> => {
  const client = { endpoint, region, credentials };
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await Promise.all([
    new SecretsManagerClient(client).send(
      new PutSecretValueCommand({
        SecretId: SourcesSecretName,
        SecretString: JSON.stringify(sourcesFromEnvironment(process.env)),
      }),
    ),
    new SESClient(client).send(new VerifyEmailIdentityCommand({ EmailAddress: sender })),
    ...readdirSync(ownersFolder).map((file) =>
      s3.send(
        new PutObjectCommand({
          Bucket: LookupBucketName,
          Key: file,
          Body: readFileSync(join(ownersFolder, file)),
          ContentType: 'application/json',
        }),
      ),
    ),
  ]);
};
