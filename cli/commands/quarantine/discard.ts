import { Command } from 'commander';
import { discardQuarantined } from '../../../shared/operations/quarantine/discard-quarantined';
import { discardedQuarantinedView, quarantineView } from '../../../shared/operations/views/quarantine-view';
import type { Session } from '../../session';
import { confirm } from '../../terminal/confirm';
import { quarantineIds, reasonText } from '../../terminal/options';
import { discardedLine, quarantineRow } from '../../terminal/quarantine-rows';
import { find, noteUnmatched } from './find';

type DiscardOptions = Readonly<{ reason: string; yes?: true }>;

/** `leadline quarantine discard` */
export const discardCommand = (session: Session): Command =>
  new Command('discard')
    .description('Gives quarantined requests up for good; each keeps your reason until it expires')
    .argument('<ids...>', 'ids of requests', quarantineIds)
    .requiredOption('--reason <text>', 'why', reasonText)
    .option('--yes', 'do not ask for confirmation')
    .action(async (ids: readonly string[], { reason, yes }: DiscardOptions) => {
      const { onProgress, isInterrupted } = session;
      const stack = await session.stack();
      const { chosen } = await find(session, stack, { ids });
      if (yes !== true && chosen.length > 0) {
        for (const item of chosen) session.note(quarantineRow(quarantineView(item, new Date())));
        await confirm(session, 'Discard', chosen.length, 'discarded');
      }
      const done = await discardQuarantined({ store: stack.quarantine, onProgress, isInterrupted }, chosen, reason);
      session.print(done.map(discardedQuarantinedView), done.map(discardedLine));
      session.finish({
        nothingMatched: noteUnmatched(session, ids, chosen),
        leftAlone: done.some(({ outcome }) => outcome === 'revalidated'),
      });
    });
