import type { Command } from 'commander';
import { listDeadLetters } from '../../../shared/operations/list-dead-letters';
import { deadLetterView } from '../../../shared/operations/views/dead-letter-view';
import { counted } from '../../../shared/operations/views/counted';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { deadLetterHeading, deadLetterRow } from '../../terminal/dead-letter-rows';
import { type ChoiceOptions, withChoiceOptions } from './choice-options';
import { noteMissing, noteRemaining } from './notes';
import { openDeadLetters } from './open-dead-letters';

const manual: Manual = {
  details: [
    'REASON is why the last attempt failed, or mailed if the lead was mailed since. docs/operations.md says what to do ' +
      'about each. ATTEMPTS counts all attempts of the event, also those before a redrive. AGE is how long ago the ' +
      'message was sent to the queue. An empty list is a success, unless another command holds dead letters.',
  ],
  examples: [
    ['All dead letters', 'leadline dlq list'],
    ['Those whose owner is missing, as JSON', 'leadline dlq list --reason owner-missing --json'],
  ],
  exitCodes: { 3: 'none found, but other commands hold dead letters' },
  seeAlso: ['dlq show', 'dlq redrive', 'dlq missing'],
};

/** `leadline dlq list` */
export const listCommand = (session: Session): Command =>
  withChoiceOptions(
    commandWith('list', manual).description('Lists dead letters: event, lead, source, reason, attempts, age'),
  ).action(async (options: ChoiceOptions) => {
    const { deadLetters } = await openDeadLetters(session);
    const { chosen, ...remaining } = await listDeadLetters(deadLetters, { ...options, ids: [], all: true });
    const views = chosen.map((deadLetter) => deadLetterView(deadLetter, new Date()));
    session.print(views, [deadLetterHeading, ...views.map(deadLetterRow), counted(chosen.length, 'dead letter')]);
    const leftAlone = noteRemaining(session, remaining);
    if (options.lead !== undefined && chosen.length === 0 && remaining.held === 0) noteMissing(session, options.lead);
    // An empty list is a success, unless other consumers hold messages: then the queue may not be empty.
    session.finish({ nothingMatched: chosen.length === 0 && remaining.held > 0, leftAlone });
  });
