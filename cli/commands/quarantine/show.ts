import type { Command } from 'commander';
import { quarantineDetailView } from '../../../shared/operations/views/quarantine-view';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { quarantineId } from '../../terminal/options';
import { quarantineLines } from '../../terminal/quarantine-lines';
import { find, noteUnmatched } from './find';

const manual: Manual = {
  examples: [
    ['The problems of a request', 'leadline quarantine show 8d0c44e1'],
    ['Its body with all values', 'leadline quarantine show 8d0c44e1 --raw'],
  ],
  seeAlso: ['quarantine list', 'quarantine revalidate'],
};

/** `leadline quarantine show` */
export const showCommand = (session: Session): Command =>
  commandWith('show', manual)
    .description('Shows a quarantined request: its problems, headers, and the names of its values')
    .argument('<id>', 'id of the request; at least its first 8 characters', quarantineId)
    .option('--raw', 'print the body with its values, which may be personal data')
    .action(async (id: string, { raw = false }: Readonly<{ raw?: boolean }>) => {
      const stack = await session.stack();
      const { chosen } = await find(session, stack, { ids: [id] });
      const details = [];
      for (const item of chosen)
        details.push(quarantineDetailView(item, await stack.quarantine.request(item), new Date(), raw));
      session.print(details, details.flatMap(quarantineLines));
      session.finish({ nothingMatched: noteUnmatched(session, [id], chosen) });
    });
