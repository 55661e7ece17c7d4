import { type CheckName, type Diagnosis, type Finding, notChecked } from './finding';

export type Check = Readonly<{
  name: CheckName;
  /** Checks before this one without which it cannot be answered. */
  needs: readonly CheckName[];
  /** `isUsable`: whether the checks that need this one can be made. */
  run: () => Promise<Readonly<{ diagnoses: readonly Diagnosis[]; isUsable: boolean }>>;
}>;

/** What an error means: a missing permission leaves a check open, and anything else is a problem. */
export type Explain = (error: unknown) => Readonly<{ isDenied: boolean; message: string }>;

type Ended = Readonly<{ name: CheckName; findings: readonly Finding[]; isUsable: boolean }>;

/**
 * Makes all checks. One that fails stops no other, except those that need it.
 *
 * @returns the findings in the order of the checks
 */
export const diagnose = async (
  checks: readonly Check[],
  explain: Explain,
  onEnded: (ended: number) => void = () => undefined,
): Promise<readonly Finding[]> => {
  const running = new Map<CheckName, Promise<Ended>>();
  let ended = 0;
  for (const check of checks) {
    const before = check.needs.map((name) => running.get(name)).filter((one) => one !== undefined);
    running.set(
      check.name,
      runAfter(before, check, explain).finally(() => onEnded((ended += 1))),
    );
  }
  return (await Promise.all(running.values())).flatMap(({ findings }) => findings);
};

const runAfter = async (before: readonly Promise<Ended>[], check: Check, explain: Explain): Promise<Ended> => {
  const { name } = check;
  const findingsOf = (diagnoses: readonly Diagnosis[]) => diagnoses.map((one): Finding => ({ ...one, check: name }));
  const unusable = (await Promise.all(before)).find(({ isUsable }) => !isUsable);
  if (unusable !== undefined)
    return { name, findings: findingsOf([notChecked(`it needs ${unusable.name}`)]), isUsable: false };
  try {
    const { diagnoses, isUsable } = await check.run();
    return { name, findings: findingsOf(diagnoses), isUsable };
  } catch (error) {
    const { isDenied, message } = explain(error);
    // The message says what to do about it.
    const diagnosis: Diagnosis = isDenied ? notChecked(message) : { level: 'problem', message };
    return { name, findings: findingsOf([diagnosis]), isUsable: false };
  }
};
