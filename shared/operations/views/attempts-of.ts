import type { EventItem } from '../../stored/event-item';
import { eventTimeline } from '../../stored/event-timeline';

/**
 * How many times workers tried to enrich and mail an event since its receipt, by its history. The attribute `attempts`
 * counts the receives of one message, and each redrive and requeue begins with a new message.
 *
 * A long history has only its first steps and the newest one (`mostSteps`), so that the number can be too small.
 *
 * @returns `null` if no attempt is recorded
 */
export const attemptsOf = (event: EventItem): number | null => {
  let count = 0;
  let open: 'none' | 'taken-up' | 'claimed' = 'none';
  for (const { what } of eventTimeline(event))
    if (what === 'taken-up') {
      count += 1;
      open = 'taken-up';
    } else if (what === 'claimed') {
      // The same attempt, if its worker has noted it before the claim.
      if (open !== 'taken-up') count += 1;
      open = 'claimed';
    } else if (what === 'failed' || what === 'notified') {
      // An attempt can fail before its claim.
      if (open === 'none') count += 1;
      open = 'none';
    }
  return count > 0 ? count : (event.attempts ?? null);
};
