import type { deadLetterView } from '../../shared/operations/views/dead-letter-view';
import { ageText } from './age-text';
import { tableRow } from './table-row';

type DeadLetterView = ReturnType<typeof deadLetterView>;

const row = tableRow([14, 24, 14, 20, 9, 0]);

export const deadLetterHeading = row(['EVENT', 'LEAD', 'SOURCE', 'REASON', 'ATTEMPTS', 'AGE']);

/** A dead letter as a row under `deadLetterHeading`. */
export const deadLetterRow = ({ id, lead_id, source, reason, attempts, age_seconds }: DeadLetterView): string =>
  row([id.slice(0, 12), lead_id ?? '–', source ?? '–', reason, String(attempts ?? '–'), ageText(age_seconds)]);
