import type { EventItem } from '../../stored/event-item';
import { attemptsOf } from './attempts-of';

/** What happens next with an event, if no operator acts. `at`: when, if that is known: an instant in UTC. */
type NextStep = Readonly<{ says: string; at?: string }>;

/** @returns `undefined` if nothing happens unless a person acts */
export const nextStep = (event: EventItem, now: Date): NextStep | undefined => {
  switch (event.state) {
    case 'RECEIVED':
      return afterReceipt(event, now.toISOString());
    case 'CLAIMED':
      return event.lease_until < now.toISOString()
        ? { says: 'The worker that claimed it is gone. Another one takes over.' }
        : { says: 'A worker is enriching and mailing it.', at: event.lease_until };
    case 'NOTIFIED':
    case 'DISCARDED':
    case 'FAILED':
      return event.refresh_asked_at === undefined ? undefined : { says: 'A refresh is on its way.' };
  }
};

const afterReceipt = (event: EventItem, now: string): NextStep => {
  if (event.reason !== undefined) return { says: `Attempt ${attemptsOf(event) ?? 1} failed. It is tried again.` };
  // Whether a message has its delay or not is not in the record: an operator may have sent one without.
  const due = event.due_at ?? event.received_at;
  return due > now
    ? { says: 'Queued. It is enriched and mailed when it is due.', at: due }
    : { says: 'Due: a worker receives it within seconds.' };
};
