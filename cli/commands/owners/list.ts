import type { Command } from 'commander';
import type { LeadId } from '../../../shared/lead/lead-id';
import { listOwners } from '../../../shared/operations/owners/list-owners';
import { ownersView } from '../../../shared/operations/views/owner-view';
import { counted } from '../../../shared/operations/views/counted';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { noteOwnerHint } from '../../terminal/note-owner-hint';
import { count, leadIdText } from '../../terminal/options';
import { tableRow } from '../../terminal/table-row';

type ListOptions = Readonly<{ owner?: string; limit: number; after?: LeadId }>;

const row = tableRow([32, 8, 0]);

/** How many ids a line shows. */
const idsInLine = 5;

const manual: Manual = {
  details: [
    'Reads the files of the lookup bucket in the order of their lead ids, a page of them at a time, and groups them by ' +
      'what a query for an owner finds: the address, or the name if the file has no address.',
  ],
  examples: [
    ['The owners of the first 1,000 files', 'leadline owners list'],
    ['The leads of one owner', 'leadline owners list --owner ann@example.com --limit 100000'],
    ['The next page', 'leadline owners list --after test-1'],
  ],
  exitCodes: { 3: 'no file that was read names the owner of --owner' },
  seeAlso: ['owners check', 'leads'],
};

/** `leadline owners list` */
export const listCommand = (session: Session): Command =>
  commandWith('list', manual)
    .description('Lists owners with their leads, as the files of the lookup bucket name them')
    .option('--owner <who>', 'only this owner: the address; the name only if the owner has no address')
    .option('--limit <n>', 'read at most this many files, 1 to 100000', count(100_000), 1_000)
    .option('--after <lead_id>', 'the next page: files after that of this lead', leadIdText)
    .action(async (options: ListOptions) => {
      const { owners: files } = await session.stack();
      const { onProgress, isInterrupted } = session;
      const view = ownersView(await listOwners({ files, onProgress, isInterrupted }, options));
      session.print(view, [
        row(['OWNER', 'LEADS', 'IDS']),
        ...view.owners.map(({ owner, leads, lead_ids }) => row([owner, String(leads), idsText(lead_ids, leads)])),
        `${counted(view.owners.length, 'owner')} in ${counted(view.files, 'file')}`,
      ]);
      for (const { lead_id, problems } of view.invalid) session.note(`Invalid: ${lead_id}.json ${problems.join('; ')}`);
      if (view.other_files.length > 0)
        session.note(`Not <lead_id>.json, and never read: ${view.other_files.slice(0, idsInLine).join(', ')}`);
      if (view.next !== null) session.note(`There are more files. Add --after ${view.next} to see them.`);
      const nothingMatched = options.owner !== undefined && view.owners.length === 0;
      if (nothingMatched) noteOwnerHint(session, options.owner);
      session.finish({ nothingMatched });
    });

const idsText = (ids: readonly string[], total: number): string =>
  `${ids.slice(0, idsInLine).join(', ')}${total > idsInLine ? `, and ${total - idsInLine} more` : ''}`;
