import type { Command } from 'commander';
import { confirmedIds } from '../../../shared/operations/choose-dead-letters';
import type { DeadLetterPorts, ProcessingReport } from '../../../shared/operations/process-dead-letters';
import {
  discardDeadLetters,
  type DiscardOutcome,
  type DiscardReport,
  isUnchanged,
} from '../../../shared/operations/discard-dead-letters';
import { listDeadLetters } from '../../../shared/operations/list-dead-letters';
import { deadLetterView, discardedView } from '../../../shared/operations/views/dead-letter-view';
import { discardOutcomeTexts } from '../../../shared/operations/views/outcome-text';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { confirm } from '../../terminal/confirm';
import { deadLetterRow } from '../../terminal/dead-letter-rows';
import { deadLetterIds, reasonText } from '../../terminal/options';
import { noteRemaining, noteUnmatched } from './notes';
import { openDeadLetters } from './open-dead-letters';

type DiscardOptions = Readonly<{ reason: string; yes?: true }>;

const manual: Manual = {
  details: [
    'The event becomes DISCARDED, and is not mailed. Shows the dead letters and asks first, unless --yes is given. Only ' +
      'the dead letters that it showed are discarded.',
  ],
  examples: [['Give a test up', "leadline dlq discard 3f2a9c01 --reason 'was a test'"]],
  exitCodes: { 1: 'failed, or a message was left unchanged because its event is processed or cannot be read' },
  seeAlso: ['dlq show', 'dlq redrive'],
};

/** `leadline dlq discard` */
export const discardCommand = (session: Session): Command =>
  commandWith('discard', manual)
    .description('Discards dead letters for good; the history of each event keeps your reason')
    .argument('<ids...>', 'ids of events or messages', deadLetterIds)
    .requiredOption('--reason <text>', 'why, for the history of the event', reasonText)
    .option('--yes', 'do not ask for confirmation')
    .action(async (ids: readonly string[], { reason, yes }: DiscardOptions) => {
      const { outcomes, ...remaining } = await discard(session, ids, reason, yes === true);
      const views = outcomes.map((discarded) => discardedView(discarded, new Date()));
      session.print(views, views.map(outcomeLine));
      const isRemaining = noteRemaining(session, remaining);
      session.finish({
        leftAlone: isRemaining || outcomes.some(({ outcome }) => isUnchanged(outcome)),
        nothingMatched: !session.isInterrupted() && noteUnmatched(session, { ids }, outcomes, remaining.held),
      });
    });

/** Discards only the dead letters that the operator has confirmed: others may arrive while the question is open. */
const discard = async (
  session: Session,
  ids: readonly string[],
  reason: string,
  isConfirmed: boolean,
): Promise<DiscardReport> => {
  const { deadLetters, discard, giveUpRefresh } = await openDeadLetters(session);
  const ports = { ...deadLetters, discard, giveUpRefresh };
  if (isConfirmed) return discardDeadLetters(ports, { ids }, reason);
  const shown = await askToDiscard(session, deadLetters, ids);
  return shown.chosen.length === 0
    ? { ...shown, outcomes: [] }
    : discardDeadLetters(ports, { ids, confirmed: confirmedIds(shown.chosen) }, reason);
};

/** Shows the dead letters and asks, unless there are none. */
const askToDiscard = async (
  session: Session,
  deadLetters: DeadLetterPorts,
  ids: readonly string[],
): Promise<ProcessingReport> => {
  const shown = await listDeadLetters(deadLetters, { ids });
  if (shown.chosen.length === 0) return shown;
  for (const deadLetter of shown.chosen) session.note(deadLetterRow(deadLetterView(deadLetter, new Date())));
  await confirm(session, 'Discard', shown.chosen.length, 'discarded');
  return shown;
};

const outcomeLine = ({ id, outcome }: Readonly<{ id: string; outcome: DiscardOutcome }>): string =>
  `${id.slice(0, 12)}  ${discardOutcomeTexts[outcome]}`;
