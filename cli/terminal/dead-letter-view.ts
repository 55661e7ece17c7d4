import { idOf, leadOf, type DeadLetter, reasonOf } from '../../shared/operations/dead-letter';
import { tableRow } from './table-row';

/** A dead letter as programs get it. */
export const letterView = (one: DeadLetter) => ({
  id: idOf(one),
  lead_id: leadOf(one) ?? null,
  source: one.event?.source ?? null,
  state: one.event?.state ?? null,
  reason: reasonOf(one),
  reason_detail: reasonOf(one) === one.event?.reason ? (one.event.reason_detail ?? null) : null,
  attempts: one.event?.attempts ?? null,
  since: one.message.sentAt.toISOString(),
  age_seconds: Math.round((Date.now() - one.message.sentAt.getTime()) / 1000),
});

const row = tableRow([14, 24, 14, 20, 9, 0]);

export const letterHeading = row(['EVENT', 'LEAD', 'SOURCE', 'REASON', 'ATTEMPTS', 'AGE']);

/** A dead letter as a line for people. */
export const letterRow = (one: DeadLetter): string => {
  const { id, lead_id, source, reason, attempts, age_seconds } = letterView(one);
  return row([id.slice(0, 12), lead_id ?? '–', source ?? '–', reason, String(attempts ?? '–'), age(age_seconds)]);
};

const age = (seconds: number): string =>
  seconds < 120
    ? `${seconds} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} min`
      : `${Math.round(seconds / 3600)} h`;
