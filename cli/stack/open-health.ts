import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient } from '@aws-sdk/client-iam';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { STSClient } from '@aws-sdk/client-sts';
import { clientSettings } from '../../shared/aws/clients';
import { readAlarms } from '../../shared/aws/doctor/alarms';
import { type Caller, readCaller } from '../../shared/aws/doctor/caller';
import { readLastRun } from '../../shared/aws/doctor/last-run';
import { readMailFacts } from '../../shared/aws/doctor/mail-facts';
import { missingPermissions, operatorResources, principalOf } from '../../shared/aws/doctor/permissions';
import { sourcesStore } from '../../shared/aws/sources-store';
import type { AlarmFacts } from '../../shared/operations/doctor/judge-alarms';
import type { MailFacts } from '../../shared/operations/doctor/judge-mail';
import type { MissingPermission } from '../../shared/operations/doctor/operator-permissions';
import { orThrow } from '../../shared/operations/or-throw';
import type { SourceEntries } from '../../shared/operations/sources/sources-store';
import { localEndpoint } from './local-endpoint';
import { throughProxy } from './proxy';
import { type DescribedStack, describeStack } from './stack-outputs';

/** What `leadline doctor` asks of AWS. Each call throws what the SDK throws. */
export type Health = Readonly<{
  stackName: string;
  /** Whether the endpoint is that of a local cloud. */
  isLocal: boolean;
  region: () => Promise<string>;
  caller: () => Promise<Caller>;
  /** @throws a Problem if the stack does not exist or cannot be described */
  stack: () => Promise<DescribedStack>;
  /** Those that the caller lacks. `unknown`: IAM cannot simulate the policies of this caller. */
  missingPermissions: (stack: DescribedStack) => Promise<readonly MissingPermission[] | 'unknown'>;
  mail: (stack: DescribedStack) => Promise<MailFacts>;
  alarms: () => Promise<readonly AlarmFacts[]>;
  lastReconciliation: (since: Date) => Promise<Date | undefined>;
  sources: (stack: DescribedStack) => Promise<SourceEntries>;
}>;

/** Makes the clients. Nothing is called yet, because `doctor` also works where nothing is deployed. */
export const openHealth = (stackName: string): Health => {
  const settings = () => throughProxy(clientSettings);
  const isLocal = localEndpoint(process.env) !== undefined;
  // One attempt: a retry would hide what is wrong, and the SDK corrects a wrong clock before the second one.
  const sts = new STSClient({ ...settings(), maxAttempts: 1 });
  let asked: Promise<Caller> | undefined;
  const caller = (): Promise<Caller> => (asked ??= readCaller(sts));
  return {
    stackName,
    isLocal,
    region: async () => sts.config.region(),
    caller,
    stack: () => describeStack(stackName),
    missingPermissions: async ({ outputs, id }) => {
      const { arn } = await caller();
      if (arn.endsWith(':root')) return [];
      const principal = principalOf(arn);
      if (principal === undefined) return 'unknown';
      const place = { stackId: id, callerArn: arn, region: await sts.config.region() };
      return missingPermissions(new IAMClient(settings()), principal, operatorResources(outputs, place));
    },
    mail: ({ parameter }) =>
      readMailFacts(
        { ses: new SESClient(settings()), sesv2: new SESv2Client(settings()) },
        parameter('SesFromAddress'),
        parameter('SesToAddress'),
        isLocal,
      ),
    alarms: () => readAlarms(new CloudWatchClient(settings()), stackName),
    lastReconciliation: (since) =>
      readLastRun(new CloudWatchLogsClient(settings()), `${stackName}-ReconcileFunction`, since),
    sources: async ({ outputs }) => {
      const { entries } = await orThrow(
        sourcesStore(new SecretsManagerClient(settings()), outputs('SourcesSecretName')).read,
      );
      return entries;
    },
  };
};
