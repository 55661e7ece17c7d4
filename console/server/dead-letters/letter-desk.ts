import type { DeadLetter } from '../../../shared/operations/dead-letter';
import { discardDeadLetters } from '../../../shared/operations/discard-dead-letters';
import { listDeadLetters } from '../../../shared/operations/list-dead-letters';
import type { DeadLetterPorts } from '../../../shared/operations/process-dead-letters';
import { redriveDeadLetters } from '../../../shared/operations/redrive-dead-letters';
import type { Task } from '../../api/task';
import { counted } from '../../../shared/operations/views/counted';
import type { ConsolePorts } from '../ports';
import { type ReadList, withNewest } from '../read-lists';
import type { TaskRunner, Work } from '../task-runner';
import { onlyOne, taskSeries } from '../task-series';
import { type KeptLetter, keptLetter } from './kept-letter';
import { discardingLetters, readingLetters, redrivingLetters } from '../rights';
import { discardReport, redriveReport, remainingReport } from './reports';

/**
 * The dead letters as they were at one reading, by message id, oldest first, without those that this console has removed
 * since.
 */
type LetterList = ReadList<KeptLetter> & Readonly<{ held: number; stillHidden: number }>;

export type LetterStack = Pick<
  ConsolePorts['stack'],
  'deadLetters' | 'noteRedrive' | 'sendBody' | 'discard' | 'giveUpRefresh'
>;

const everything = { ids: [], all: true } as const;

/**
 * The work on the dead-letter queue, one piece after the other, and the list that the latest reading left. The list is
 * kept, so that the page can search it without a receive: a receive hides the messages from others for a moment.
 */
export const letterDesk = (stack: LetterStack, runner: TaskRunner, now: () => Date) => {
  const series = taskSeries(runner);
  let lists: readonly LetterList[] = [];

  const { queue } = stack.deadLetters;
  /** What is removed from the queue is taken off the list. */
  const deadLetters: LetterStack['deadLetters'] = {
    ...stack.deadLetters,
    queue: {
      ...queue,
      remove: async (message) => {
        await queue.remove(message);
        lists[0]?.entries.delete(message.messageId);
      },
    },
  };
  const portsFor = (given: Work): DeadLetterPorts => ({ ...deadLetters, ...given });

  /** Reads the queue, and keeps the list. */
  const readList = async (given: Work): Promise<readonly DeadLetter[]> => {
    const { chosen, held, stillHidden } = await listDeadLetters(portsFor(given), everything);
    const at = now();
    const entries = new Map(chosen.map((letter) => [letter.message.messageId, keptLetter(letter, at)]));
    lists = withNewest(lists, { since: at.toISOString(), entries, held, stillHidden });
    return chosen;
  };

  return {
    series,
    deadLetters,
    readList,
    /** Those of the latest readings, newest first. */
    lists: (): readonly LetterList[] => lists,
    read: (): Task =>
      series.read(
        { kind: 'dead-letters-reading', title: 'Reading the dead letters' },
        async (given) => {
          const letters = await readList(given);
          const { held = 0, stillHidden = 0 } = lists[0] ?? {};
          return [`${counted(letters.length, 'dead letter')}.`, ...remainingReport({ held, stillHidden, lost: 0 })];
        },
        readingLetters,
      ),
    /** @param confirmed the message ids */
    redrive: (confirmed: ReadonlySet<string>): Task =>
      series.start(
        { ...aboutOf(confirmed), title: `Redriving ${counted(confirmed.size, 'dead letter')}` },
        async (given) => {
          const { noteRedrive, sendBody } = stack;
          const ports = { ...portsFor(given), noteRedrive, send: sendBody, pace: () => Promise.resolve() };
          return redriveReport(await redriveDeadLetters(ports, { ...everything, confirmed }), confirmed.size);
        },
        redrivingLetters,
      ),
    /** @param confirmed the message ids */
    discard: (confirmed: ReadonlySet<string>, reason: string): Task =>
      series.start(
        { ...aboutOf(confirmed), title: `Discarding ${counted(confirmed.size, 'dead letter')}` },
        async (given) => {
          const { discard, giveUpRefresh } = stack;
          const ports = { ...portsFor(given), discard, giveUpRefresh };
          return discardReport(await discardDeadLetters(ports, { ...everything, confirmed }, reason), confirmed.size);
        },
        discardingLetters,
      ),
  };
};

const aboutOf = (confirmed: ReadonlySet<string>) => ({
  kind: 'dead-letters' as const,
  subject: onlyOne([...confirmed]),
});

export type LetterDesk = ReturnType<typeof letterDesk>;
