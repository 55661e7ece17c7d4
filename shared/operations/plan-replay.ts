import { type EventItem, isSettled, type SettledEvent } from '../stored/event-item';
import type { EventState } from '../stored/event-state';

/**
 * Whether a run with mails that began at `start`, and was interrupted, has not replayed an event. Only a replay with a
 * mail leaves the time in the event.
 *
 * @param start an instant in UTC
 */
export const isNotReplayedSince =
  (start: string) =>
  ({ replayed_at }: EventItem): boolean =>
    replayed_at === undefined || replayed_at < start;

/**
 * Splits events into those that a replay includes and those that it leaves out. Discarded events are left out unless
 * the operator names their state, because an operator has given them up.
 *
 * @param named the only state to include, if the operator names one
 */
export const planReplay = (
  found: readonly EventItem[],
  named: EventState | undefined,
): Readonly<{ included: readonly EventItem[]; leftOut: readonly EventItem[] }> => {
  const isIncluded = ({ state }: EventItem): boolean =>
    state === named || (named === undefined && state !== 'DISCARDED');
  return { included: found.filter(isIncluded), leftOut: found.filter((event) => !isIncluded(event)) };
};

/**
 * Whether an event can be replayed. With a mail, only a settled event can. Without one each event can, unless an
 * earlier refresh of it has not ended, which only a write to the table detects.
 */
export const isReplayable =
  (withMail: boolean) =>
  (event: EventItem): boolean =>
    !withMail || isSettled(event);

/**
 * Whether the pipeline or an operator finished an event after a moment. A replay with a mail leaves such an event out: it
 * was not finished when the operator confirmed the replay.
 *
 * @param moment an instant in UTC
 */
export const isSettledAfter =
  (moment: string) =>
  (event: EventItem): boolean =>
    isSettled(event) && settledAt(event) > moment;

const settledAt = (event: SettledEvent): string => {
  switch (event.state) {
    case 'NOTIFIED':
      return event.notified_at;
    case 'FAILED':
      return event.failed_at;
    case 'DISCARDED':
      return event.discarded_at;
  }
};
