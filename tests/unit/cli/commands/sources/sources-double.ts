import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { sourcesCommand } from '../../../../../cli/commands/sources';
import type { OpenSources } from '../../../../../cli/stack/open-sources';
import type { OpenStack } from '../../../../../cli/stack/open-stack';
import { sourcesStore } from '../../../../../shared/aws/sources-store';
import { type Call, fakeAws, type Reply } from '../../../../support/fake-aws';
import { fakeSecret } from '../../../../support/fake-secret';
import { running } from '../session-double';

type Double = Readonly<{
  /** Answers a call of AWS in place of the secret, or does something before it. */
  before?: (call: Call, secret: ReturnType<typeof fakeSecret>) => Reply | undefined;
  /** How long ago the first version was stored, in seconds. */
  age?: number;
  sources?: Partial<OpenSources>;
  stack?: Partial<OpenStack>;
}>;

const open: { close: () => void }[] = [];

/** Ends the servers that take the place of AWS. */
export const closeAll = (): void => open.splice(0).forEach(({ close }) => close());

/**
 * Runs `leadline sources` on a stack whose sources secret is that of a fake AWS.
 *
 * @param stored the value of the secret, as text or as JSON
 */
export const sourcesOn = async (
  stored: string | Readonly<Record<string, unknown>> | undefined,
  { before = () => undefined, age = 0, sources = {}, stack = {} }: Double = {},
) => {
  const secret = fakeSecret(typeof stored === 'object' ? JSON.stringify(stored) : stored, age);
  const aws = await fakeAws((call) => before(call, secret) ?? secret.reply(call));
  open.push(aws);
  const url = (id: string) => `https://api.example.com/Prod/webhook/${id}`;
  const run = running(
    stack,
    sourcesCommand,
    {},
    {
      store: sourcesStore(new SecretsManagerClient({ ...aws.client, maxAttempts: 1 }), 'sources'),
      urls: (id) => ({ sender: url(id), signed: url(id), post: url(id) }),
      ...sources,
    },
  );
  const valueAt = (label: string): unknown => {
    const text = secret.at(label);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  };
  return { run, secret, calls: aws.calls, now: () => valueAt('AWSCURRENT'), previous: () => valueAt('AWSPREVIOUS') };
};

/** Two valid sources in both forms, and entries that the functions refuse. */
export const stored = {
  billing: { kind: 'shared-secret', secrets: ['money-talks-99'], volatile_fields: ['attempt'] },
  hubspot: {
    auth: { scheme: 'hubspot-v3', secrets: ['the-new-secret', 'the-old-secret'] },
    payload: { preset: 'hubspot-workflow' },
    lead_namespace: 'crm',
    silence_hours: 72,
  },
  broken: { auth: { scheme: 'hmack', secrets: ['kept-as-it-is'] }, comment: 12 },
  text: 'not-an-object',
} as const;
