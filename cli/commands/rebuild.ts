import type { Command } from 'commander';
import { type QuarantineReport, rebuildQuarantine } from '../../shared/operations/rebuild/rebuild-quarantine';
import {
  type RebuildProblem,
  type RebuildReport,
  rebuildTable,
  type RebuildSettings,
} from '../../shared/operations/rebuild/rebuild-table';
import { counted } from '../../shared/operations/views/counted';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import type { OpenStack } from '../stack/open-stack';
import { confirm } from '../terminal/confirm';
import { perSecond, tableName } from '../terminal/options';
import { pacer } from '../terminal/pacer';

type RebuildOptions = Readonly<{ rate?: number; dryRun?: true; yes?: true; table?: string }>;

const manual: Manual = {
  details: [
    'Changes no record of a table that the stack uses. In the restored table of --table, an event that may have been ' +
      'mailed after the backup becomes NOTIFIED. FAILED events of the report were not mailed: leadline dlq missing --redrive ' +
      'enriches and mails them. The command asks first, unless --yes or --dry-run is given.',
  ],
  examples: [
    ['See what would be written', 'leadline rebuild --dry-run'],
    ['Write to a restored table, 200 objects a second', 'leadline rebuild --table restored --rate 200'],
  ],
  exitCodes: { 1: 'failed, or an object has a problem', 3: 'there is no object' },
  seeAlso: ['dlq missing', 'docs/recovery.md'],
};

/** `leadline rebuild` */
export const rebuildCommand = (session: Session): Command =>
  commandWith('rebuild', manual)
    .description(
      'Writes the items of a lost table again, from the raw and the enriched objects. Mails and queues nothing',
    )
    .option('--rate <n>', 'at most this many objects per second', perSecond)
    .option('--table <name>', 'write to this table, which the stack has not adopted yet', tableName)
    .option('--dry-run', 'only count')
    .option('--yes', 'do not ask for confirmation')
    .action(async (options: RebuildOptions) => {
      const stack = await session.stack();
      const { listRaw } = stack.rebuild(options.table);
      const settings = stack.rebuildSettings();
      const total = await countOf(session, listRaw());
      if (options.dryRun !== true && options.yes !== true) {
        const { listQuarantine } = stack.rebuildQuarantine(false, options.table);
        const all = total + (await countOf(session, listQuarantine()));
        if (all > 0) await confirm(session, 'Rebuild the records of objects:', all, 'rebuilt');
      }
      const isDryRun = options.dryRun === true;
      const report = await rebuild(session, stack, { ...settings, total, isDryRun }, options);
      const quarantine = await rebuildRequests(session, stack, isDryRun, options.table);
      print(session, report, quarantine, isDryRun);
      session.finish({
        nothingMatched: total === 0 && Object.keys(quarantine).length === 0,
        leftAlone: Object.keys(report.problems).length > 0 || (quarantine.unreadable ?? 0) > 0,
      });
    });

const countOf = async (
  { isInterrupted, onProgress }: Session,
  pages: AsyncIterable<readonly string[]>,
): Promise<number> => {
  let total = 0;
  for await (const page of pages) {
    total += page.length;
    onProgress('found', total, 0);
    if (isInterrupted()) break;
  }
  return total;
};

/** How many problems are named. The others are only counted, so that a bucket that is not readable fills no screen. */
const mostNamed = 100;

const rebuild = async (
  { note, onProgress, isInterrupted, interruption }: Session,
  stack: OpenStack,
  settings: RebuildSettings,
  { rate, table }: RebuildOptions,
): Promise<RebuildReport> => {
  let named = 0;
  return rebuildTable(
    {
      ...stack.rebuild(table),
      pace: pacer(rate, interruption),
      onProgress,
      isInterrupted,
      onProblem: (key, problem) => {
        named += 1;
        if (named <= mostNamed) note(`${key}: ${whatIsWrong[problem]}`);
        if (named === mostNamed) note('Further objects with problems are counted, and not named.');
      },
    },
    settings,
  );
};

const rebuildRequests = (
  { note, onProgress, isInterrupted }: Session,
  stack: OpenStack,
  isDryRun: boolean,
  tableName: string | undefined,
): Promise<QuarantineReport> =>
  rebuildQuarantine({
    ...stack.rebuildQuarantine(isDryRun, tableName),
    onUnreadable: (key) => note(`${key}: left out, because it is no quarantined request that can be read`),
    onProgress,
    isInterrupted,
  });

const whatIsWrong: Readonly<Record<RebuildProblem, string>> = {
  'raw-unreadable': 'left out, because it is not a lead that can be read',
  'raw-refused':
    'left out, because the object cannot be accessed. Run the command again before the stack uses the table',
  'enriched-refused':
    'left out, because its enriched object cannot be accessed. Run the command again before the stack uses the table',
  'mapping-lost': 'rebuilt without its lead, because what the mapping of its source read is lost',
  'owner-unreadable': 'rebuilt without the owner, because the enriched object has none that can be read',
  'event-refused': 'left out, because DynamoDB does not accept its record',
  'lead-unread': 'rebuilt without its lead, because an object could not be read again. Run the command again',
  'lead-refused': 'rebuilt without its lead, because DynamoDB does not accept the lead',
};

const print = (
  { print: printResult, note, isInterrupted }: Session,
  report: RebuildReport,
  quarantine: QuarantineReport,
  isDryRun: boolean,
): void => {
  const { objects, notified, failed, unconfirmed, present, expired, copies, left_out: leftOut } = report;
  const { written = 0, present: kept = 0 } = quarantine;
  const done = isDryRun ? 'would be rebuilt' : 'rebuilt';
  printResult({ ...report, quarantine, ...(isDryRun ? { dry_run: true } : {}) }, [
    `${counted(objects, 'raw object')}: ${counted(notified + failed + unconfirmed, 'event')} ${done} ` +
      `(${notified} NOTIFIED, ${failed} FAILED record-lost, ${unconfirmed} FAILED mail-unconfirmed), ` +
      `${present} with a record, ${expired} too old for one, ${counted(copies, 'copy', 'copies')}, ${leftOut} left out`,
    ...(written + kept === 0 ? [] : [`${counted(written, 'quarantined request')} ${done}, ${kept} with an item`]),
  ]);
  if (isInterrupted()) note('Interrupted. To continue, run the same command again: it writes only what is missing.');
  else if (failed > 0 && !isDryRun)
    note('FAILED events were not mailed. leadline dlq missing --redrive enriches and mails them, after 20 minutes.');
};
