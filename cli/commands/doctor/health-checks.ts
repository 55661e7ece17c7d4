import type { Check } from '../../../shared/operations/doctor/diagnose';
import { type Diagnosis, notChecked, ok, problem, warning } from '../../../shared/operations/doctor/finding';
import { judgeAlarms } from '../../../shared/operations/doctor/judge-alarms';
import { judgeClock } from '../../../shared/operations/doctor/judge-clock';
import { judgeMail } from '../../../shared/operations/doctor/judge-mail';
import { judgeReconciler, latestRunMs } from '../../../shared/operations/doctor/judge-reconciler';
import { judgeSources } from '../../../shared/operations/doctor/judge-sources';
import { judgeStatus, judgeVersion } from '../../../shared/operations/doctor/judge-stack';
import { judgePermissions } from '../../../shared/operations/doctor/operator-permissions';
import { Problem } from '../../problems/problem';
import type { Health } from '../../stack/open-health';
import { withoutAddresses } from '../../stack/operator';
import type { DescribedStack } from '../../stack/stack-outputs';

type About = Readonly<{
  /** That of this `leadline`. */
  version: string;
  /** Whether `--stack-name` was given. */
  isNamed: boolean;
  now: Date;
}>;

/** The checks of the account and the stack. */
export const healthChecks = (health: Health, { version, isNamed, now }: About): readonly Check[] => {
  let described: Promise<DescribedStack> | undefined;
  const stack = (): Promise<DescribedStack> => (described ??= health.stack());
  const ofStack = (name: Check['name'], run: (stack: DescribedStack) => Promise<readonly Diagnosis[]>): Check => ({
    name,
    needs: ['stack'],
    run: async () => ({ diagnoses: await run(await stack()), isUsable: true }),
  });
  return [
    {
      name: 'region',
      needs: [],
      run: async () => usable(ok(`the region is ${await health.region()}`)),
    },
    {
      name: 'credentials',
      needs: ['region'],
      run: async () => {
        const { arn, account } = await health.caller();
        return usable(ok(`you are ${withoutAddresses(arn)} in account ${account}`));
      },
    },
    { name: 'clock', needs: ['region'], run: async () => usable(await clockDiagnosis(health)) },
    { name: 'stack', needs: ['region', 'credentials'], run: () => stackDiagnosis(health.stackName, stack, isNamed) },
    ofStack('version', ({ outputs, has }) =>
      Promise.resolve([judgeVersion(has('Version') ? outputs('Version') : undefined, version)]),
    ),
    ofStack('permissions', async (one) => {
      const missing = await health.missingPermissions(one);
      return [
        missing === 'unknown'
          ? notChecked('IAM cannot simulate the policies of these credentials')
          : judgePermissions(missing),
      ];
    }),
    ofStack('mail', async (one) =>
      judgeMail(one.parameter('SesFromAddress'), one.parameter('SesToAddress'), await health.mail(one)),
    ),
    ofStack('alarms', async () => judgeAlarms(await health.alarms())),
    ofStack('reconciler', async ({ changedAt }) => [
      judgeReconciler(await health.lastReconciliation(new Date(now.getTime() - latestRunMs)), changedAt, now),
    ]),
    ofStack('sources', async (one) => judgeSources(await health.sources(one))),
  ];
};

const usable = (...diagnoses: readonly Diagnosis[]) => ({ diagnoses, isUsable: true });

/** AWS refuses the signature of a clock that is far off, and its answer has a date all the same. */
const clockDiagnosis = async (health: Health): Promise<Diagnosis> => {
  const skewMs = await health.caller().then(
    (caller) => caller.skewMs,
    (error: unknown) =>
      error instanceof Object && 'skewMs' in error && typeof error.skewMs === 'number' ? error.skewMs : undefined,
  );
  return skewMs === undefined ? notChecked('AWS gave no answer with a date') : judgeClock(skewMs);
};

/** A stack that was not named and is not there: nothing is deployed, which is no fault. */
const stackDiagnosis = async (stackName: string, stack: () => Promise<DescribedStack>, isNamed: boolean) => {
  try {
    return usable(judgeStatus(stackName, (await stack()).status));
  } catch (error) {
    if (!(error instanceof Problem && error.kind === 'no-stack')) throw error;
    const message = `there is no stack ${stackName} in this account and region, so that nothing of it is checked`;
    return {
      diagnoses: [
        isNamed
          ? problem(message, 'Give its name with --stack-name, or its region with --region.')
          : warning(
              message,
              'Deploy it (npm start, or sam build && sam deploy --guided), or give its name with --stack-name.',
            ),
      ],
      isUsable: false,
    };
  }
};
