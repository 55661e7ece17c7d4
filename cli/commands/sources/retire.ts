import type { Command } from 'commander';
import { retireSecret } from '../../../shared/operations/sources/change-source';
import { readForForgetting, writeForgetting } from '../../../shared/operations/sources/write-change';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { confirm } from '../../terminal/confirm';
import { sourceIdText } from '../../terminal/options';
import { orProblem } from './change-problem';
import { logCountsFrom, removalMinutes } from '../../../shared/operations/sources/times';

const manual: Manual = {
  details: [
    'Senders that still use the old secret get 401 from then on. The command prints a query of the log that shows them, ' +
      'and asks first, unless --yes is given.',
  ],
  examples: [['Drop the old secret of a source', 'leadline sources retire billing']],
  seeAlso: ['sources rotate', 'docs/sources.md'],
};

/** `leadline sources retire` */
export const retireCommand = (session: Session): Command =>
  commandWith('retire', manual)
    .description('Drops the old secret of a source, which is the second one')
    .argument('<id>', 'id of the source', sourceIdText)
    .option('--yes', 'do not ask for confirmation')
    .action(async (id: string, { yes }: Readonly<{ yes?: true }>) => {
      const { store } = await session.sources();
      if (yes !== true) {
        const { storedAt } = await orProblem(id, readForForgetting(store, id, retireSecret(id)));
        session.note('Senders that still use the old secret get 401 from now on, and their leads are lost.');
        session.note(`Check first, in the log of IngestionFunction: ${oldSecretQuery(id)}`);
        for (const line of logNotes(storedAt)) session.note(line);
        await confirm(session, 'Retire', 1, 'retired');
      }
      await orProblem(id, writeForgetting(store, id, retireSecret(id)));
      session.print({ id, keys: 1 }, [
        `retired: source ${id} has one secret`,
        `The functions refuse the old one after at most ${removalMinutes} minutes.`,
      ]);
      session.finish();
    });

/** A query of CloudWatch Logs Insights. The log of a request says which secret it proved to know. */
const oldSecretQuery = (id: string): string =>
  `filter source = ${JSON.stringify(id)} and secret in ["second", "previous"] | stats count() by secret`;

/**
 * Which entries of the log count. A function keeps its copy of the sources for five minutes, and the old secret is the
 * first one of a copy from before `rotate`.
 */
const logNotes = (storedAt: Date | undefined): readonly string[] => {
  const rule = `Only log entries later than ${removalMinutes} minutes after rotate count: before, the log may call the old secret "first".`;
  if (storedAt === undefined) return [rule];
  const from = logCountsFrom(storedAt);
  const stored = `The sources were last stored at ${storedAt.toISOString()}.`;
  return from.getTime() > Date.now()
    ? [
        rule,
        `${stored} If that was rotate, the log says nothing yet: answer no, and run retire after ${from.toISOString()}.`,
      ]
    : [rule, `${stored} If that was rotate, look at the entries after ${from.toISOString()}.`];
};
