import type { EventItem, PendingEvent, ReceivedEvent } from '../../shared/stored/event-item';

/** How an event stands; for one without a mail, why, and what comes next. */
export const standing = (event: EventItem): string => {
  switch (event.state) {
    case 'NOTIFIED':
      return 'enriched and mailed';
    case 'RECEIVED':
      return `${noMailYet(event)}: ${nextStep(event)}`;
    case 'CLAIMED':
      return `${noMailYet(event)}: a worker is at it until ${event.lease_until}`;
    case 'FAILED':
      return `${noMail(event.notified_at)}: ${event.reason}; its message goes to the dead-letter queue`;
    case 'DISCARDED':
      return `${noMail(event.notified_at)}: an operator discarded it`;
  }
};

const nextStep = ({ reason, attempts = 0, due_at, received_at }: ReceivedEvent): string =>
  reason === undefined ? `due at ${due_at ?? received_at}` : `${reason} (try ${attempts}), comes again`;

const noMailYet = ({ notified_at }: PendingEvent): string =>
  notified_at === undefined ? 'no mail yet' : `mailed before at ${notified_at}, to be mailed again`;

const noMail = (notifiedAt: string | undefined): string =>
  notifiedAt === undefined ? 'no mail' : `mailed before at ${notifiedAt}, no further mail`;
