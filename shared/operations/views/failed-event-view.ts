import type { EventItem } from '../../stored/event-item';

/** A failed event as JSON for programs. What is not recorded is `null`. */
export const failedEventView = ({ event_id, lead_id, source, reason, failed_at }: EventItem) => ({
  id: event_id,
  lead_id,
  source,
  reason: reason ?? null,
  failed_at: failed_at ?? null,
});
