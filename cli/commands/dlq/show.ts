import type { Command } from 'commander';
import { listDeadLetters } from '../../../shared/operations/list-dead-letters';
import { deadLetterDetailView } from '../../../shared/operations/views/dead-letter-view';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { deadLetterLines } from '../../terminal/dead-letter-lines';
import { deadLetterId } from '../../terminal/options';
import { noteRemaining, noteUnmatched } from './notes';
import { openDeadLetters } from './open-dead-letters';

const manual: Manual = {
  details: [
    'leadline dlq list shows the ids in its column EVENT, and with --lead those of the dead letters of a lead.',
  ],
  examples: [['A dead letter by the first characters of its id', 'leadline dlq show 3f2a9c01']],
  seeAlso: ['dlq list', 'lead'],
};

/** `leadline dlq show` */
export const showCommand = (session: Session): Command =>
  commandWith('show', manual)
    .description('Shows one dead letter and its event')
    .argument(
      '<id>',
      'id of the event, or of the message if it has no event; at least its first 8 characters',
      deadLetterId,
    )
    .option('--raw', 'print the body also if it is not a message of Leadline')
    .action(async (id: string, { raw = false }: Readonly<{ raw?: boolean }>) => {
      const { deadLetters } = await openDeadLetters(session);
      const { chosen, ...remaining } = await listDeadLetters(deadLetters, { ids: [id] });
      const details = chosen.map((deadLetter) => deadLetterDetailView(deadLetter, new Date(), raw));
      session.print(details, details.flatMap(deadLetterLines));
      const leftAlone = noteRemaining(session, remaining);
      session.finish({ nothingMatched: noteUnmatched(session, { ids: [id] }, chosen, remaining.held), leftAlone });
    });
