import type { EventItem } from '../../shared/stored/event-item';

/** How an event stands; for one without a mail, why, and what comes next. */
export const standing = ({
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
    case 'RECEIVED': {
      const next = reason === undefined ? `due at ${due_at}` : `${reason} (try ${attempts}), comes again`;
      return notified_at === undefined
        ? `no mail yet: ${next}`
        : `mailed before at ${notified_at}, to be mailed again: ${next}`;
    }
    case 'CLAIMED':
      return notified_at === undefined
        ? `no mail yet: a worker is at it until ${lease_until}`
        : `mailed before at ${notified_at}, to be mailed again: a worker is at it until ${lease_until}`;
    case 'FAILED':
      return `${noMail(notified_at)}: ${reason ?? 'unknown'}; its message goes to the dead-letter queue`;
    case 'DISCARDED':
      return `${noMail(notified_at)}: an operator discarded it`;
  }
};

const noMail = (notifiedAt: string | undefined): string =>
  notifiedAt === undefined ? 'no mail' : `mailed before at ${notifiedAt}, no further mail`;
