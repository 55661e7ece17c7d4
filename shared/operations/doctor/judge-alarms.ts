import { type Diagnosis, ok, problem, warning } from './finding';

/** An alarm of the stack. `name` is that of the template, such as `DeadLetterAlarm`. */
export type AlarmFacts = Readonly<{ name: string; isRinging: boolean; since: string | undefined }>;

export const judgeAlarms = (alarms: readonly AlarmFacts[]): readonly Diagnosis[] => {
  if (alarms.length === 0) return [warning('the stack has no alarms', 'Deploy the stack again.')];
  const ringing = alarms.filter(({ isRinging }) => isRinging);
  if (ringing.length === 0) return [ok(`none of ${alarms.length} alarms rings`)];
  return ringing.map(({ name, since }) =>
    problem(
      `${name} rings${since === undefined ? '' : ` since ${since}`}`,
      `See docs/operations.md#${name.toLowerCase()}`,
    ),
  );
};
