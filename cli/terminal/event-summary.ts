import type { EventItem } from '../../shared/stored/event-item';

/** One line about an event: whether it was mailed, and if not, why and what happens next. */
export const eventSummary = ({
  state,
  due_at = '',
  reason,
  attempts = 0,
  lease_until = '',
  notified_at,
}: EventItem): string => {
  switch (state) {
    case 'NOTIFIED':
      return 'enriched and mailed';
    case 'RECEIVED':
      return `${pendingMail(notified_at)}: ${
        reason === undefined ? `due at ${due_at}` : `${reason} on attempt ${attempts}, to be retried`
      }`;
    case 'CLAIMED':
      return `${pendingMail(notified_at)}: claimed by a worker until ${lease_until}`;
    case 'FAILED':
      return `${noMail(notified_at)}: ${reason ?? 'unknown'}; its message goes to the dead-letter queue`;
    case 'DISCARDED':
      return `${noMail(notified_at)}: an operator discarded it`;
  }
};

const pendingMail = (notifiedAt: string | undefined): string =>
  notifiedAt === undefined ? 'no mail yet' : `mailed before at ${notifiedAt}, to be mailed again`;

const noMail = (notifiedAt: string | undefined): string =>
  notifiedAt === undefined ? 'no mail' : `mailed before at ${notifiedAt}, no further mail`;
