import { type OwnerPlan, planOwner, putOwner } from '../../api/owners';
import { useAct } from './use-act';

type OwnerFile = Readonly<{ lead_id: string; file: string }>;

/**
 * Puts the file of a lead's owner: checked first, and written when the user knows what it replaces. A file that another
 * user changes in between is left as it is, and has to be checked again.
 */
export const useOwnerFile = () => {
  const plan = useAct(planOwner, () => undefined);
  const put = useAct(putOwner, ({ lead_id, result }) =>
    result === 'written'
      ? `The owner of lead ${lead_id} was written.`
      : `The owner of lead ${lead_id} said this already.`,
  );
  return {
    plan,
    put,
    /** Why the latest step was refused. */
    problem: (put.error ?? plan.error)?.problem,
    /** Forgets the plan, because the file has changed. */
    reset: (): void => {
      plan.reset();
      put.reset();
    },
    check: (file: OwnerFile, onPlan?: (plan: OwnerPlan) => void): void => {
      put.reset();
      plan.mutate(file, onPlan === undefined ? {} : { onSuccess: onPlan });
    },
    write: (file: OwnerFile, { version }: OwnerPlan, onWritten?: () => void): void =>
      put.mutate(
        { ...file, version },
        { onError: () => plan.reset(), ...(onWritten === undefined ? {} : { onSuccess: onWritten }) },
      ),
  };
};
