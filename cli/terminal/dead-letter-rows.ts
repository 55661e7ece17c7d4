import type { deadLetterView } from '../../shared/operations/views/dead-letter-view';
import { tableRow } from './table-row';

type DeadLetterView = ReturnType<typeof deadLetterView>;

const row = tableRow([14, 24, 14, 20, 9, 0]);

export const deadLetterHeading = row(['EVENT', 'LEAD', 'SOURCE', 'REASON', 'ATTEMPTS', 'AGE']);

/** A dead letter as a row under `deadLetterHeading`. */
export const deadLetterRow = ({ id, lead_id, source, reason, attempts, age_seconds }: DeadLetterView): string =>
  row([id.slice(0, 12), lead_id ?? '–', source ?? '–', reason, String(attempts ?? '–'), age(age_seconds)]);

/** Seconds up to 2 minutes, minutes up to 2 hours, then hours. */
const age = (seconds: number): string => {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
};
