import { Command } from 'commander';
import { listDeadLetters } from '../../../shared/operations/list-dead-letters';
import { deadLetterView } from '../../../shared/operations/views/dead-letter-view';
import type { Session } from '../../session';
import { deadLetterHeading, deadLetterRow } from '../../terminal/dead-letter-rows';
import { type ChoiceOptions, withChoiceOptions } from './choice-options';
import { noteRemaining } from './notes';
import { openDeadLetters } from './open-dead-letters';

/** `leadline dlq list` */
export const listCommand = (session: Session): Command =>
  withChoiceOptions(
    new Command('list').description('Lists dead letters: event, lead, source, reason, attempts, age'),
  ).action(async (options: ChoiceOptions) => {
    const { deadLetters } = await openDeadLetters(session);
    const { chosen, ...remaining } = await listDeadLetters(deadLetters, { ...options, ids: [], all: true });
    const views = chosen.map((deadLetter) => deadLetterView(deadLetter, new Date()));
    session.print(views, [deadLetterHeading, ...views.map(deadLetterRow), `${chosen.length} dead letters`]);
    const leftAlone = noteRemaining(session, remaining);
    // An empty list is a success, unless other consumers hold messages: then the queue may not be empty.
    session.finish({ nothingMatched: chosen.length === 0 && remaining.held > 0, leftAlone });
  });
