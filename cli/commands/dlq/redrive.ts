import type { Command } from 'commander';
import { type Choice, hasCriterion } from '../../../shared/operations/choose-dead-letters';
import { listDeadLetters } from '../../../shared/operations/list-dead-letters';
import { redriveDeadLetters } from '../../../shared/operations/redrive-dead-letters';
import { deadLetterView } from '../../../shared/operations/views/dead-letter-view';
import { redriveView } from '../../../shared/operations/views/redrive-view';
import { counted } from '../../../shared/operations/views/counted';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { deadLetterRow } from '../../terminal/dead-letter-rows';
import { exitCodes } from '../../terminal/exit-codes';
import { deadLetterIds, perSecond } from '../../terminal/options';
import { pacer } from '../../terminal/pacer';
import { type ChoiceOptions, withChoiceOptions } from './choice-options';
import { noteRemaining, noteUnmatched } from './notes';
import { openDeadLetters } from './open-dead-letters';

type RedriveOptions = ChoiceOptions & Readonly<{ rate?: number; dryRun?: true }>;

const manual: Manual = {
  details: [
    'Fix what the reason of the dead letters says first. Redriving is safe to repeat and to interrupt: a message is ' +
      'queued before it is removed from the dead-letter queue, and the claim of its event deduplicates it.',
  ],
  examples: [
    ['Redrive what failed because its owner was missing', 'leadline dlq redrive --reason owner-missing'],
    ['See what would be redriven', 'leadline dlq redrive --all --dry-run'],
    ['Redrive everything, 10 messages a second', 'leadline dlq redrive --all --rate 10'],
  ],
  needsOneOf: ['ids', '--lead', '--reason', '--source', '--all'],
  seeAlso: ['dlq list', 'dlq missing', 'dlq discard', 'replay'],
};

/** `leadline dlq redrive` */
export const redriveCommand = (session: Session): Command =>
  withChoiceOptions(commandWith('redrive', manual).description('Sends dead letters to be enriched again at once'))
    .argument('[ids...]', 'ids of events or messages', deadLetterIds)
    .option('--all', 'all dead letters')
    .option('--rate <n>', 'at most this many messages per second', perSecond)
    .option('--dry-run', 'only list them')
    .action(async (ids: readonly string[] | undefined, options: RedriveOptions, command: Command) => {
      const choice: Choice = { ...options, ids: ids ?? [] };
      if (!hasCriterion(choice))
        command.error('error: choose dead letters by ids, --lead, --reason, --source or --all', {
          exitCode: exitCodes.usage,
        });
      await (options.dryRun === true ? dryRun(session, choice) : redrive(session, choice, options.rate));
    });

const dryRun = async (session: Session, choice: Choice): Promise<void> => {
  const { deadLetters } = await openDeadLetters(session);
  const { chosen, ...remaining } = await listDeadLetters(deadLetters, choice);
  const views = chosen.map((deadLetter) => deadLetterView(deadLetter, new Date()));
  session.print(views, [...views.map(deadLetterRow), `${chosen.length} would be redriven`]);
  const leftAlone = noteRemaining(session, remaining);
  session.finish({ nothingMatched: noteUnmatched(session, choice, chosen, remaining.held), leftAlone });
};

const redrive = async (session: Session, choice: Choice, rate: number | undefined): Promise<void> => {
  const { deadLetters, noteRedrive, sendBody } = await openDeadLetters(session);
  const pace = pacer(rate, session.interruption);
  const report = await redriveDeadLetters({ ...deadLetters, noteRedrive, send: sendBody, pace }, choice);
  const { redriven, refused, chosen } = report;
  session.print(redriveView(report), [`${redriven} of ${chosen.length} redriven`]);
  if (refused > 0)
    session.note(
      `SQS refused ${counted(refused, 'message')}, left in the dead-letter queue. ` +
        'Show each with leadline dlq show ID --raw, then discard it.',
    );
  const leftAlone = noteRemaining(session, report) || refused > 0;
  session.finish({ nothingMatched: noteUnmatched(session, choice, chosen, report.held), leftAlone });
};
