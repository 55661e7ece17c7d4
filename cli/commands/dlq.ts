import { Command } from 'commander';
import {
  type Choice,
  type Discarded,
  discardDeadLetters,
  isLeftAlone,
  listDeadLetters,
  redriveDeadLetters,
  saysWhich,
  unmatched,
  type Worked,
} from '../../shared/operations/dead-letters';
import { maskSecrets } from '../../shared/codecs/mask-secrets';
import { idOf, type DeadLetter, type DeadLetterReason } from '../../shared/operations/dead-letter';
import { confirm } from '../terminal/confirm';
import { letterHeading, letterRow, letterView } from '../terminal/dead-letter-view';
import { missingCommand } from './dlq-missing';
import { exitCodes } from '../terminal/exit-codes';
import { leadIdText, letterId, letterIds, pacer, perSecond, reason, why } from '../terminal/options';
import type { Session } from '../session';
import { timelineLines } from '../terminal/timeline-lines';

/** `leadline dlq …` */
export const dlqCommand = (session: Session): Command =>
  new Command('dlq')
    .description('The dead-letter queue: leads that failed three times')
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(missingCommand(session))
    .addCommand(redriveCommand(session))
    .addCommand(discardCommand(session));

type Choosing = Readonly<{ lead?: string; reason?: DeadLetterReason; source?: string; all?: true }>;

const choosing = (command: Command): Command =>
  command
    .option('--lead <id>', 'those of a lead', leadIdText)
    .option('--reason <reason>', 'those that failed for a reason, such as owner-missing', reason)
    .option('--source <id>', 'those of a source');

/** What the commands ask of the queue, with the session's progress bar and Ctrl-C. */
const deadLettersOf = async ({ stack, onProgress, isInterrupted }: Session) => {
  const opened = await stack();
  return { ...opened, deadLetters: { ...opened.deadLetters, onProgress, isInterrupted } };
};

const listCommand = (session: Session): Command =>
  choosing(new Command('list').description('Lists dead letters: event, lead, source, reason, tries, age')).action(
    async (options: Choosing) => {
      const { deadLetters } = await deadLettersOf(session);
      const { chosen: letters, ...rest } = await listDeadLetters(deadLetters, { ...options, ids: [], all: true });
      session.print(letters.map(letterView), [
        letterHeading,
        ...letters.map(letterRow),
        `${letters.length} dead letters`,
      ]);
      const leftAlone = tellRest(session, rest);
      // No dead letters is good news; that somebody else has them all is not.
      session.finish({ nothingMatched: letters.length === 0 && rest.held > 0, leftAlone });
    },
  );

const showCommand = (session: Session): Command =>
  new Command('show')
    .description('Shows one dead letter and its event')
    .argument('<id>', 'the event, or the message where it names none; the first eight characters will do', letterId)
    .option('--raw', 'print also the body of a message that is not one of ours')
    .action(async (id: string, { raw = false }: Readonly<{ raw?: boolean }>) => {
      const { deadLetters } = await deadLettersOf(session);
      const { chosen: letters, ...rest } = await listDeadLetters(deadLetters, { ids: [id] });
      const shown = letters.map((one) => ({ ...letterView(one), body: bodyOf(one, raw), event: one.event ?? null }));
      session.print(
        shown,
        shown.flatMap(({ event, body, ...about }) => [
          ...Object.entries(about).map(([name, value]) => `${name.padEnd(14)} ${String(value ?? '–')}`),
          `${'body'.padEnd(14)} ${body ?? 'not a message of ours; --raw prints it'}`,
          ...(event === null ? [] : timelineLines(event)),
        ]),
      );
      const leftAlone = tellRest(session, rest);
      session.finish({ nothingMatched: missing(session, [id], letters), leftAlone });
    });

/** What is no message of ours may hold anything, also what nobody may see. */
const bodyOf = ({ message }: DeadLetter, raw: boolean): string | null =>
  raw || message.decoded !== undefined ? maskSecrets(message.body) : null;

type Redriving = Choosing & Readonly<{ rate?: number; dryRun?: true }>;

const redriveCommand = (session: Session): Command =>
  choosing(new Command('redrive').description('Sends dead letters to be enriched again, now'))
    .argument('[ids...]', 'events, or messages', letterIds)
    .option('--all', 'all of them')
    .option('--rate <n>', 'so many per second at most', perSecond)
    .option('--dry-run', 'only say which')
    .action(async (given: readonly string[] | undefined, options: Redriving, command: Command) => {
      const ids = given ?? [];
      const choice: Choice = { ids, ...options };
      if (!saysWhich(choice)) {
        command.error('error: say which: ids, --lead, --reason, --source, or --all', { exitCode: exitCodes.usage });
      }
      const { deadLetters, noteRedrive, sendBody } = await deadLettersOf(session);
      if (options.dryRun === true) {
        const { chosen: letters, ...rest } = await listDeadLetters(deadLetters, choice);
        session.print(letters.map(letterView), [...letters.map(letterRow), `${letters.length} would be redriven`]);
        const leftAlone = tellRest(session, rest);
        session.finish({ nothingMatched: missing(session, ids, letters), leftAlone });
        return;
      }
      const { redriven, refused, chosen, ...rest } = await redriveDeadLetters(
        { ...deadLetters, noteRedrive, send: sendBody, pace: pacer(options.rate, session.interruption) },
        choice,
      );
      session.print({ redriven, chosen: chosen.length, ...positive({ refused, ...rest }) }, [
        `${redriven} of ${chosen.length} redriven`,
      ]);
      if (refused > 0)
        session.note(
          `SQS refuses the text of ${refused}: they are in the dead-letter queue as before. Show them by dlq show ID --raw, then discard them.`,
        );
      const leftAlone = tellRest(session, rest) || refused > 0;
      session.finish({ nothingMatched: missing(session, ids, chosen), leftAlone });
    });

const discardCommand = (session: Session): Command =>
  new Command('discard')
    .description('Gives a lead up for good; its history keeps your reason')
    .argument('<ids...>', 'events, or messages', letterIds)
    .requiredOption('--reason <text>', 'why, for whoever asks later', why)
    .option('--yes', 'do not ask')
    .action(async (ids: readonly string[], { reason, yes }: Readonly<{ reason: string; yes?: true }>) => {
      const { deadLetters, discard, giveUpRefresh } = await deadLettersOf(session);
      const shown = yes === true ? undefined : await listDeadLetters(deadLetters, { ids });
      if (shown !== undefined && shown.chosen.length > 0) {
        for (const letter of shown.chosen) session.note(letterRow(letter));
        await confirm(session, 'Discard', shown.chosen.length, 'discarded');
      }
      // What comes into the queue while somebody reads the question is not what they answer it about.
      const choice = { ids, ...(shown === undefined ? {} : { shown: shown.chosen }) };
      const { outcomes, ...rest } =
        shown?.chosen.length === 0
          ? { ...shown, outcomes: [] }
          : await discardDeadLetters({ ...deadLetters, discard, giveUpRefresh }, choice, reason);
      session.print(
        outcomes.map((one) => ({ ...letterView(one), outcome: one.outcome })),
        outcomes.map((one) => `${idOf(one).slice(0, 12)}  ${meanings[one.outcome]}`),
      );
      const someRest = tellRest(session, rest);
      session.finish({
        leftAlone: someRest || outcomes.some(({ outcome }) => isLeftAlone(outcome)),
        nothingMatched: !session.isInterrupted() && missing(session, ids, outcomes),
      });
    });

type Rest = Pick<Worked, 'held' | 'lost' | 'stillHidden'>;

/** Tells where the letters are that are neither worked on nor back. Whether this command has left some of them so. */
const tellRest = ({ note }: Session, { held, lost, stillHidden }: Rest): boolean => {
  if (held > 0)
    note(`${held} more are held by another command or worker, or by a command that died; look again in 5 minutes.`);
  if (lost > 0) note(`${lost} could not be kept while this ran, and were left alone: run the command again.`);
  if (stillHidden > 0)
    note(
      `${stillHidden} could not be put back: they stay hidden for up to 5 minutes, then they are in the queue again.`,
    );
  return lost > 0 || stillHidden > 0;
};

/** What programs get of counts that are seldom more than zero. */
const positive = ({ refused, held, lost, stillHidden }: Rest & Readonly<{ refused: number }>) =>
  Object.fromEntries(
    Object.entries({ refused, held, lost, still_hidden: stillHidden }).filter(([, count]) => count > 0),
  );

/** Names the ids that matched nothing; whether nothing matched, or one of them did not. */
const missing = ({ note }: Session, ids: readonly string[], letters: readonly DeadLetter[]): boolean => {
  const ofNone = unmatched(ids, letters);
  for (const id of ofNone) note(`There is no such dead letter: ${id}`);
  return letters.length === 0 || ofNone.length > 0;
};

const meanings: Readonly<Record<Discarded, string>> = {
  discarded: 'discarded',
  'message-only': 'message removed; no event was marked by it',
  stale: 'message removed; its event was settled before',
  moved: 'left alone: its event is being worked on',
  unreadable: 'left alone: the record of its event can not be read',
};
