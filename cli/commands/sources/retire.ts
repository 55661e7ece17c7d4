import { Command } from 'commander';
import { retireSecret } from '../../../shared/operations/sources/change-source';
import { writeForgetting } from '../../../shared/operations/sources/write-change';
import type { Session } from '../../session';
import { confirm } from '../../terminal/confirm';
import { sourceIdText } from '../../terminal/options';
import { orProblem } from './change-problem';
import { removalMinutes } from './times';

/** `leadline sources retire` */
export const retireCommand = (session: Session): Command =>
  new Command('retire')
    .description('Drops the old secret of a source, which is the second one')
    .argument('<id>', 'id of the source', sourceIdText)
    .option('--yes', 'do not ask for confirmation')
    .action(async (id: string, { yes }: Readonly<{ yes?: true }>) => {
      const { store } = await session.sources();
      if (yes !== true) {
        session.note('Senders that still use the old secret get 401 from now on, and their leads are lost.');
        session.note(`Check first, in the log of IngestionFunction: ${oldSecretQuery(id)}`);
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
