import { maskAddressesIn } from '../../../shared/codecs/mask-personal';
import type { EventRef } from '../../../shared/lead/event-ref';
import { type DeadLetter, recordedEventOf } from '../../../shared/operations/dead-letter';
import { deadLetterView } from '../../../shared/operations/views/dead-letter-view';
import { reasonTexts } from '../../../shared/operations/views/reason-text';
import type { DeadLetterFilter, DeadLetterRow } from '../../api/dead-letters';

/** What the server keeps of a dead letter: not its event, of which 100,000 take too much memory. */
export type KeptLetter = Readonly<{
  row: DeadLetterRow;
  /** The event of which the table has a record. */
  event: EventRef | undefined;
  isUnderstood: boolean;
  /** The body, or its first `mostBody` characters. */
  body: string;
  isCut: boolean;
}>;

/** Bodies of Leadline are shorter than 1 KiB. Another body may have 1 MiB. */
const mostBody = 16_384;

export const keptLetter = (deadLetter: DeadLetter, now: Date): KeptLetter => {
  const { message } = deadLetter;
  const { id, lead_id, source, state, reason, reason_detail, attempts, since, expires_at } = deadLetterView(
    deadLetter,
    now,
  );
  const row = { message: message.messageId, id, lead_id, source, state };
  return {
    row: { ...row, reason, reason_detail, attempts, since, expires_at },
    event: recordedEventOf(deadLetter),
    isUnderstood: message.decoded !== undefined,
    body: message.body.slice(0, mostBody),
    isCut: message.body.length > mostBody,
  };
};

/** @param isShown whether an address in the cause of the failure is shown as it is */
export const rowOf = ({ row }: KeptLetter, isShown = false): DeadLetterRow =>
  isShown || row.reason_detail === null ? row : { ...row, reason_detail: maskAddressesIn(row.reason_detail) };

/** Whether a filter includes a dead letter. */
export const includes = ({ reason, source, search = '' }: DeadLetterFilter) => {
  const wanted = search.trim().toLowerCase();
  return ({ row }: KeptLetter): boolean =>
    (reason === undefined || row.reason === reason) &&
    (source === undefined || row.source === source) &&
    (wanted === '' || searched(row).some((text) => text.toLowerCase().includes(wanted)));
};

const searched = ({ id, message, lead_id, source, reason }: DeadLetterRow): readonly string[] => [
  ...[id, message, lead_id ?? '', source ?? ''],
  ...[reason, reasonTexts[reason].title],
];
