import { eventRefKey, type EventRef } from '../lead/event-ref';
import { type DeadLetter, idOf, leadIdOf, namedEventOf, reasonOf } from './dead-letter';
import type { DeadLetterReason } from './dead-letter-reason';

/** Which dead letters an operator chooses. A dead letter must match each criterion that is present. */
export type Choice = Readonly<{
  /** Ids as `idOf` gives them, or their first characters. Empty for any id. */
  ids: readonly string[];
  /**
   * The SQS message ids of the dead letters that the operator confirmed. No other is chosen, because more may have
   * arrived since the operator saw the list.
   */
  confirmed?: ReadonlySet<string>;
  /** The dead letters of this event, whatever its id looks like. */
  event?: EventRef;
  lead?: string;
  reason?: DeadLetterReason;
  source?: string;
  /** Chooses dead letters without any other criterion. */
  all?: boolean;
}>;

/** What `confirmed` of a choice has for these dead letters. */
export const confirmedIds = (deadLetters: readonly DeadLetter[]): ReadonlySet<string> =>
  new Set(deadLetters.map(({ message }) => message.messageId));

/** The fewest characters to which an id may be shortened. */
export const minIdLength = 8;

const matchesId = (ids: readonly string[], deadLetter: DeadLetter): boolean =>
  ids.some((id) => id.length >= minIdLength && idOf(deadLetter).startsWith(id));

/** The ids that match none of these dead letters. */
export const unmatchedIds = (ids: readonly string[], deadLetters: readonly DeadLetter[]): readonly string[] =>
  ids.filter((id) => !deadLetters.some((deadLetter) => matchesId([id], deadLetter)));

/** Whether a choice has a criterion. A choice without one chooses nothing, so that a forgotten option does no harm. */
export const hasCriterion = ({ ids, event, lead, reason, source, all = false }: Choice): boolean =>
  all || ids.length > 0 || event !== undefined || lead !== undefined || reason !== undefined || source !== undefined;

const isAbout = (event: EventRef, deadLetter: DeadLetter): boolean => {
  const named = namedEventOf(deadLetter);
  return named !== undefined && eventRefKey(named) === eventRefKey(event);
};

/** Whether a choice includes a dead letter. */
export const isChosen =
  (choice: Choice) =>
  (deadLetter: DeadLetter): boolean => {
    const { ids, confirmed, event, lead, reason, source } = choice;
    const { messageId } = deadLetter.message;
    return (
      hasCriterion(choice) &&
      (confirmed === undefined || confirmed.has(messageId)) &&
      (ids.length === 0 || matchesId(ids, deadLetter)) &&
      (event === undefined || isAbout(event, deadLetter)) &&
      (lead === undefined || leadIdOf(deadLetter) === lead) &&
      (reason === undefined || reasonOf(deadLetter) === reason) &&
      (source === undefined || deadLetter.event?.source === source)
    );
  };
