import type { Command } from 'commander';
import { checkOwners, type OwnerFinding, type OwnerRemedy } from '../../../shared/operations/owners/check-owners';
import { ownersReportView } from '../../../shared/operations/views/owner-view';
import { counted } from '../../../shared/operations/views/counted';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { count } from '../../terminal/options';
import { shellWord } from '../../terminal/shell-word';

type CheckOptions = Readonly<{ limit: number; files: boolean }>;

const manual: Manual = {
  details: [
    'Looks at each event that waits for its owner, or that failed because of a missing or invalid file, and then at each ' +
      'file of the bucket. It also finds files whose owner_email or email is no e-mail address, which owners put and owners ' +
      'import refuse. Each finding has its remedy.',
    'The command reads the whole table, and every file of the bucket unless --no-files is given.',
  ],
  examples: [
    ['Everything', 'leadline owners check'],
    ['Only leads that cannot be mailed', 'leadline owners check --no-files'],
  ],
  exitCodes: { 1: 'failed, or there is a finding' },
  seeAlso: ['owners put', 'dlq redrive'],
};

/** `leadline owners check` */
export const checkCommand = (session: Session): Command =>
  commandWith('check', manual)
    .description('Finds leads without a valid file of an owner, and files that EnrichmentFunction would refuse')
    .option('--limit <n>', 'show at most this many findings, 1 to 100000', count(100_000), 1_000)
    .option('--no-files', 'look only at leads with an event that waits or failed, and not at all files')
    .action(async ({ limit, files: withFiles }: CheckOptions) => {
      const { owners: files, scanPages } = await session.stack();
      const { onProgress, isInterrupted, note } = session;
      const report = await checkOwners({ files, scanPages, onProgress, isInterrupted }, { limit, withFiles });
      const { findings, found, events } = report;
      session.print(ownersReportView(report), [
        ...findings.map(findingLine),
        `${counted(found, 'finding')}. Looked at ${counted(events, 'unfinished event')} and ${counted(report.files, 'file')}.`,
      ]);
      if (found > findings.length)
        note(`Not shown: ${counted(found - findings.length, 'further finding')}. Add --limit.`);
      if (report.unreadable > 0) note(`${counted(report.unreadable, 'record')} of events cannot be decoded.`);
      session.finish({ leftAlone: found > 0 });
    });

const findingLine = ({ leadId, file, problems, remedy, dueAt }: OwnerFinding): string => {
  const whys = [
    ...(file === 'missing' ? ['it has no file'] : []),
    ...(remedy === 'redrive' ? ['its event failed, and its file is valid now'] : []),
    ...(remedy === 'correct-and-redrive' ? ['its event failed'] : []),
    ...(problems.length > 0 ? [`its file ${problems.join('; ')}`] : []),
  ];
  const due = remedy === 'put' && dueAt !== undefined ? ` (due at ${dueAt})` : '';
  return `${leadId}: ${whys.join(', and ')}${due}. ${remedies[remedy](shellWord(leadId))}`;
};

const remedies: Readonly<Record<OwnerRemedy, (leadId: string) => string>> = {
  put: (id) => `Run leadline owners put ${id} FILE.`,
  'put-and-redrive': (id) => `Run leadline owners put ${id} FILE, then leadline dlq redrive --lead ${id}.`,
  redrive: (id) => `Run leadline dlq redrive --lead ${id}.`,
  'correct-and-redrive': (id) => `Run leadline owners put ${id} FILE, then leadline dlq redrive --lead ${id}.`,
  correct: (id) => `Run leadline owners put ${id} FILE, or the next event of the lead fails.`,
  'correct-address': (id) =>
    `Run leadline owners put ${id} FILE. Until then, no search for the address finds the lead.`,
};
