import type { EventItem } from '../stored/event-item';
import type { QueueMessage } from '../stored/queue-message';

/** The message that has a recorded event enriched: the same as ingestion sent for it. */
export const eventMessage = ({ s3_key, lead_id, event_id }: EventItem): QueueMessage => ({ s3_key, lead_id, event_id });
