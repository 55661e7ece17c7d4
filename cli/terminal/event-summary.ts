import type { EventItem, PendingEvent, ReceivedEvent } from '../../shared/stored/event-item';

/** One line about an event: whether it was mailed, and if not, why and what happens next. */
export const eventSummary = (event: EventItem): string => {
  switch (event.state) {
    case 'NOTIFIED':
      return 'enriched and mailed';
    case 'RECEIVED':
      return `${pendingMail(event)}: ${nextStep(event)}`;
    case 'CLAIMED':
      return `${pendingMail(event)}: claimed by a worker until ${event.lease_until}`;
    case 'FAILED':
      return `${noMail(event)}: ${event.reason}; its message goes to the dead-letter queue`;
    case 'DISCARDED':
      return `${noMail(event)}: an operator discarded it`;
  }
};

const nextStep = ({ reason, attempts = 0, due_at, received_at }: ReceivedEvent): string =>
  reason === undefined ? `due at ${due_at ?? received_at}` : `${reason} on attempt ${attempts}, to be retried`;

const pendingMail = ({ notified_at }: PendingEvent): string =>
  notified_at === undefined ? 'no mail yet' : `mailed before at ${notified_at}, to be mailed again`;

const noMail = ({ notified_at }: EventItem): string =>
  notified_at === undefined ? 'no mail' : `mailed before at ${notified_at}, no further mail`;
