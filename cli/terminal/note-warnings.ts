import { problemText, type ValidationProblem } from '../../shared/codecs/validation-problem';
import { counted } from '../../shared/operations/views/counted';
import type { Session } from '../session';

type WithWarnings = Readonly<{ lead_id?: string; warnings?: readonly ValidationProblem[] }>;

/** A command that sends an export must not print a line for each of its leads. */
const mostNotes = 20;

/**
 * Prints the warnings of leads that the API has taken: the fields that it left out or cut. A warning has no value.
 *
 * @param results the API's result of each lead
 */
export const noteWarnings = ({ note }: Pick<Session, 'note'>, results: readonly WithWarnings[]): void => {
  const texts = results.flatMap(({ lead_id, warnings = [] }) =>
    lead_id === undefined ? [] : warnings.map((warning) => `Warning for lead ${lead_id}: ${problemText(warning)}`),
  );
  texts.slice(0, mostNotes).forEach((text) => note(text));
  if (texts.length > mostNotes)
    note(`${counted(texts.length - mostNotes, 'more warning')}. leadline lead ID shows those of a lead.`);
};
