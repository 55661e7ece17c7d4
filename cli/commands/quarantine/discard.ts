import type { Command } from 'commander';
import { discardQuarantined } from '../../../shared/operations/quarantine/discard-quarantined';
import { discardedQuarantinedView, quarantineView } from '../../../shared/operations/views/quarantine-view';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { confirm } from '../../terminal/confirm';
import { quarantineIds, reasonText } from '../../terminal/options';
import { discardedLine, quarantineRow } from '../../terminal/quarantine-rows';
import { find, noteUnmatched } from './find';

type DiscardOptions = Readonly<{ reason: string; yes?: true }>;

const manual: Manual = {
  details: ['Shows the requests and asks first, unless --yes is given.'],
  examples: [['Give a request up', "leadline quarantine discard 8d0c44e1 --reason 'a survey, not a lead'"]],
  exitCodes: { 1: 'failed, or a request was left unchanged because its leads have events' },
  seeAlso: ['quarantine show', 'quarantine revalidate'],
};

/** `leadline quarantine discard` */
export const discardCommand = (session: Session): Command =>
  commandWith('discard', manual)
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
