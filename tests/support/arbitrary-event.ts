import type {
  ClaimedEvent,
  DiscardedEvent,
  EventItem,
  FailedEvent,
  NotifiedEvent,
  ReceivedEvent,
} from '../../shared/stored/event-item';
import type { EventState } from '../../shared/stored/event-state';
import { arbitraryRecord } from './arbitrary';

type Fields = Omit<ReceivedEvent, 'state'> &
  Omit<ClaimedEvent, 'state'> &
  Omit<NotifiedEvent, 'state'> &
  Omit<FailedEvent, 'state'> &
  Omit<DiscardedEvent, 'state'>;

/** What a test says of an event. */
export type AboutEvent<S extends EventState = EventState> = Partial<Fields> & Readonly<{ state?: S }>;

const at = '2026-01-31T12:00:00.000Z';

/** What each state needs. */
const needed: Readonly<Record<EventState, Partial<Fields>>> = {
  RECEIVED: { pending_since: at },
  CLAIMED: { pending_since: at, claim_id: 'claim', claimed_at: at, lease_until: at },
  NOTIFIED: { notified_at: at },
  FAILED: { failed_at: at, reason: 'owner-missing' },
  DISCARDED: { discarded_at: at, discard_reason: 'a test' },
};

/** An event of the table, RECEIVED unless the test says another state. */
export const arbitraryEvent = <S extends EventState = 'RECEIVED'>(
  about: AboutEvent<S> = {},
): Extract<EventItem, { state: S }> => {
  const { event, eventId, s3Key, receivedAt, eventTime } = arbitraryRecord();
  const state: EventState = about.state ?? 'RECEIVED';
  return {
    lead_id: event.lead_id,
    event_id: eventId.split('').reverse().join(''),
    source: event.source,
    s3_key: s3Key,
    received_at: receivedAt,
    event_time: eventTime,
    ...needed[state],
    ...about,
    state,
  } as unknown as Extract<EventItem, { state: S }>;
};
