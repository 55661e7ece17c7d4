import { type Diagnosis, notChecked, ok, problem } from './finding';

/** ReconcileFunction runs every 5 minutes. Two runs may be late. */
export const latestRunMs = 15 * 60_000;

/**
 * @param lastRun when it last wrote a log line, of the last 15 minutes; `undefined` if there is none
 * @param deployedAt when the stack was last changed: the schedule starts 5 minutes later
 */
export const judgeReconciler = (lastRun: Date | undefined, deployedAt: Date | undefined, now: Date): Diagnosis => {
  if (lastRun !== undefined) return ok(`ReconcileFunction ran at ${lastRun.toISOString()}, so that its schedule is on`);
  if (deployedAt !== undefined && now.getTime() - deployedAt.getTime() < latestRunMs)
    return notChecked('the stack was deployed less than 15 minutes ago, and ReconcileFunction has not run yet');
  return problem(
    'ReconcileFunction has not run in the last 15 minutes, so that events which a crash left behind stay behind',
    'Enable its rule in EventBridge (rate(5 minutes)), and see docs/operations.md#reconcilestoppedalarm',
  );
};
