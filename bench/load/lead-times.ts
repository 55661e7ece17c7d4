import type { Outcomes } from './outcomes';
import type { Sent } from './send-lead';

/** The times of a lead that was mailed, in milliseconds since the epoch. */
export type Lead = Readonly<{
  /** When the schedule of the run wanted it sent. */
  sentMs: number;
  /** When its sender got the 2xx. */
  acceptedMs: number;
  /** When its delay ended. */
  dueMs: number;
  /** When its mail was out and recorded. */
  mailedMs: number;
}>;

/** The times of all leads that were mailed. Leads that were not are reported by `checkOutcomes`. */
export const leadTimes = (sent: readonly Sent[], { events }: Outcomes): readonly Lead[] =>
  sent.flatMap(({ dueMs: sentMs, endedMs: acceptedMs, eventId = '' }) => {
    const event = events.get(eventId);
    return event?.notifiedMs === undefined
      ? []
      : [{ sentMs, acceptedMs, dueMs: event.dueMs, mailedMs: event.notifiedMs }];
  });
