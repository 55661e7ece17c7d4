import type { Command } from 'commander';
import { removeSource } from '../../../shared/operations/sources/change-source';
import { readForForgetting, writeForgetting } from '../../../shared/operations/sources/write-change';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { confirm } from '../../terminal/confirm';
import { sourceIdText } from '../../terminal/options';
import { orProblem } from './change-problem';
import { removalMinutes } from '../../../shared/operations/sources/times';

const manual: Manual = {
  details: ['Senders of the source get 401 from then on. Asks first, unless --yes is given.'],
  examples: [['Remove a source', 'leadline sources remove form']],
  seeAlso: ['sources list', 'sources retire'],
};

/** `leadline sources remove` */
export const removeCommand = (session: Session): Command =>
  commandWith('remove', manual)
    .description('Removes a source; its leads and events stay')
    .argument('<id>', 'id of the source', sourceIdText)
    .option('--yes', 'do not ask for confirmation')
    .action(async (id: string, { yes }: Readonly<{ yes?: true }>) => {
      const { store } = await session.sources();
      if (yes !== true) {
        await orProblem(id, readForForgetting(store, id, removeSource(id)));
        session.note(`Senders of source ${id} get 401 from now on, and their leads are lost.`);
        await confirm(session, 'Remove', 1, 'removed');
      }
      await orProblem(id, writeForgetting(store, id, removeSource(id)));
      session.print({ id, removed: true }, [
        `removed: source ${id}`,
        `The functions refuse its senders after at most ${removalMinutes} minutes. Its leads and events stay.`,
      ]);
      session.finish();
    });
