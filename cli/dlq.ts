import { Command } from 'commander';
import { createInterface } from 'node:readline/promises';
import {
  type Choice,
  type Discarded,
  discardDeadLetters,
  listDeadLetters,
  redriveDeadLetters,
  saysWhich,
} from '../shared/operations/dead-letters';
import { idOf, type Letter } from '../shared/operations/letter';
import { letterHeading, letterRow, letterView } from './dead-letter-view';
import { exitCodes } from './exit-codes';
import { pacer, perSecond } from './options';
import { Problem } from './problem';
import type { Session } from './session';
import { timelineLines } from './timeline-lines';

/** `leadline dlq …` */
export const dlqCommand = (session: Session): Command =>
  new Command('dlq')
    .description('The dead-letter queue: leads that failed three times')
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(redriveCommand(session))
    .addCommand(discardCommand(session));

type Choosing = Readonly<{ lead?: string; reason?: string; source?: string; all?: true }>;

const choosing = (command: Command): Command =>
  command
    .option('--lead <id>', 'those of a lead')
    .option('--reason <reason>', 'those that failed for a reason, such as owner-missing')
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
      const letters = await listDeadLetters(deadLetters, { ...options, ids: [], all: true });
      session.print(letters.map(letterView), [
        letterHeading,
        ...letters.map(letterRow),
        `${letters.length} dead letters`,
      ]);
      session.finish();
    },
  );

const showCommand = (session: Session): Command =>
  new Command('show')
    .description('Shows one dead letter and its event')
    .argument('<id>', 'the event, or the message where it names none; the first eight characters will do')
    .action(async (id: string) => {
      const { deadLetters } = await deadLettersOf(session);
      const letters = await listDeadLetters(deadLetters, { ids: [id] });
      const shown = letters.map((one) => ({ ...letterView(one), body: one.letter.body, event: one.event ?? null }));
      session.print(
        shown,
        shown.flatMap(({ event, body, ...about }) => [
          ...Object.entries(about).map(([name, value]) => `${name.padEnd(14)} ${String(value)}`),
          `${'body'.padEnd(14)} ${body}`,
          ...(event === null ? [] : timelineLines(event)),
        ]),
      );
      session.finish(letters.length);
    });

type Redriving = Choosing & Readonly<{ rate?: number; dryRun?: true }>;

const redriveCommand = (session: Session): Command =>
  choosing(new Command('redrive').description('Sends dead letters to be enriched again, now'))
    .argument('[ids...]', 'events, or messages')
    .option('--all', 'all of them')
    .option('--rate <n>', 'so many per second at most', perSecond)
    .option('--dry-run', 'only say which')
    .action(async (ids: readonly string[], options: Redriving, command: Command) => {
      const choice: Choice = { ids, ...options };
      if (!saysWhich(choice)) {
        command.error('error: say which: ids, --lead, --reason, --source, or --all', { exitCode: exitCodes.usage });
      }
      const { deadLetters, sendBody } = await deadLettersOf(session);
      if (options.dryRun === true) {
        const letters = await listDeadLetters(deadLetters, choice);
        session.print(letters.map(letterView), [...letters.map(letterRow), `${letters.length} would be redriven`]);
        session.finish(letters.length);
        return;
      }
      const result = await redriveDeadLetters({ ...deadLetters, send: sendBody, pace: pacer(options.rate) }, choice);
      session.print(result, [`${result.redriven} of ${result.chosen} redriven`]);
      session.finish(result.chosen);
    });

const discardCommand = (session: Session): Command =>
  new Command('discard')
    .description('Gives a lead up for good; its history keeps your reason')
    .argument('<ids...>', 'events, or messages')
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .option('--yes', 'do not ask')
    .action(async (ids: readonly string[], { reason, yes }: Readonly<{ reason: string; yes?: true }>) => {
      const { deadLetters, discard } = await deadLettersOf(session);
      const shown = yes === true ? undefined : await listDeadLetters(deadLetters, { ids });
      session.clear();
      if (shown !== undefined && shown.length > 0 && !(await confirmed(shown))) {
        process.exitCode = exitCodes.interrupted;
        return;
      }
      // What comes into the queue while somebody reads the question is not what they answer it about.
      const outcomes =
        shown?.length === 0
          ? []
          : await discardDeadLetters(
              { ...deadLetters, discard },
              { ids, ...(shown === undefined ? {} : { shown }) },
              reason,
            );
      session.print(
        outcomes.map((one) => ({ ...letterView(one), outcome: one.outcome })),
        outcomes.length === 0
          ? ['No such dead letter.']
          : outcomes.map((one) => `${idOf(one).slice(0, 12)}  ${meanings[one.outcome]}`),
      );
      session.finish(outcomes.length);
    });

const meanings: Readonly<Record<Discarded, string>> = {
  discarded: 'discarded',
  'message-only': 'message removed; no event was marked by it',
  stale: 'message removed; its event was settled before',
  moved: 'left alone: its event is being worked on',
  unreadable: 'left alone: the record of its event can not be read',
};

const confirmed = async (letters: readonly Letter[]): Promise<boolean> => {
  if (!process.stdin.isTTY) throw new Problem('nobody-to-ask', 'Nobody is there to be asked: add --yes.');
  process.stderr.write(`${letters.map(letterRow).join('\n')}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Discard ${letters.length}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
};
