import type { FailureReason } from '../../lead/failure-reason';
import type { EventItem } from '../../stored/event-item';
import type { Step } from '../../stored/event-step';
import { eventTimeline } from '../../stored/event-timeline';

/**
 * How many times workers tried to enrich and mail an event since its receipt, by its history. The attribute `attempts`
 * counts the receives of one message, and each redrive and requeue begins with a new message.
 *
 * A worker that dies at the first receive of a message from DelayQueue leaves no step, so that `attempts` can be the
 * larger number. It is not used for a message that was redriven or requeued: each receive of it leaves a step, and it
 * counts as received once before.
 *
 * A long history has only its first steps and the newest one (`mostSteps`), so that the number can be too small.
 *
 * @returns `null` if no attempt is recorded
 */
export const attemptsOf = (event: EventItem): number | null => {
  let count = 0;
  let open: Open = 'none';
  /** Whether the newest message was redriven or requeued, and whether that of the newest attempt was. */
  let isResent = false;
  let isResentTried = false;
  for (const step of eventTimeline(event)) {
    const { what } = step;
    if (isNewAttempt(step, open)) {
      count += 1;
      isResentTried = isResent;
    }
    if (what === 'taken-up' || what === 'claimed') open = what;
    else if (what === 'failed' || what === 'notified') open = 'none';
    else if (what === 'redriven' || what === 'requeued') isResent = true;
    else if (what === 'replayed' || what === 'repeated') isResent = false;
  }
  const atLeast = isResentTried ? count : Math.max(count, event.attempts ?? 0);
  return atLeast > 0 ? atLeast : null;
};

/** The step that the latest attempt has left, unless it has ended. */
type Open = 'none' | 'taken-up' | 'claimed';

const isNewAttempt = ({ what, reason }: Step, open: Open): boolean => {
  switch (what) {
    case 'taken-up':
      return true;
    case 'claimed':
      // The same attempt, if its worker has noted it before the claim.
      return open !== 'taken-up';
    case 'failed':
    case 'notified':
      // An attempt can fail before its claim. ReconcileFunction gives an event up without an attempt.
      return open === 'none' && reason !== ('worker-lost' satisfies FailureReason);
    default:
      return false;
  }
};
