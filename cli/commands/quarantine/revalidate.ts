import type { Command } from 'commander';
import type { LeadId } from '../../../shared/lead/lead-id';
import { type QuarantineChoice, saysWhich } from '../../../shared/operations/quarantine/choose-quarantined';
import {
  isRevalidated,
  type Revalidated,
  revalidateQuarantined,
} from '../../../shared/operations/quarantine/revalidate-quarantined';
import { revalidatedView } from '../../../shared/operations/views/quarantine-view';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { exitCodes } from '../../terminal/exit-codes';
import { noteMissingOwners } from '../../terminal/note-missing-owners';
import { perSecond, quarantineIds } from '../../terminal/options';
import { pacer } from '../../terminal/pacer';
import { revalidatedLines } from '../../terminal/revalidated-lines';
import { find, noteUnmatched } from './find';

type RevalidateOptions = Readonly<{ source?: string; all?: true; rate?: number }>;

const manual: Manual = {
  details: ['What the settings still cannot read stays in quarantine, and its problems are printed.'],
  examples: [
    ['After the mapping of a source was corrected', 'leadline quarantine revalidate --source form'],
    ['One request', 'leadline quarantine revalidate 8d0c44e1'],
  ],
  exitCodes: { 1: 'failed, or a request stays in quarantine' },
  needsOneOf: ['ids', '--source', '--all'],
  seeAlso: ['quarantine list', 'sources configure', 'docs/mapping.md'],
};

/** `leadline quarantine revalidate` */
export const revalidateCommand = (session: Session): Command =>
  commandWith('revalidate', manual)
    .description('Reads quarantined requests with the present settings of their source, and makes events of them')
    .argument('[ids...]', 'ids of requests', quarantineIds)
    .option('--source <id>', 'all requests of this source')
    .option('--all', 'all requests in quarantine')
    .option('--rate <n>', 'at most this many requests per second', perSecond)
    .action(async (ids: readonly string[] | undefined, options: RevalidateOptions, command: Command) => {
      const choice = { ...options, ids: ids ?? [] };
      if (!saysWhich(choice))
        command.error('error: choose requests by ids, --source or --all', { exitCode: exitCodes.usage });
      await revalidate(session, choice, options.rate);
    });

const revalidate = async (session: Session, choice: QuarantineChoice, rate: number | undefined): Promise<void> => {
  const { onProgress, isInterrupted, interruption } = session;
  const stack = await session.stack();
  // A named request is reported in any state. Without a name, only those are chosen that have something to do.
  const inState = choice.ids.length === 0 ? ({ state: 'QUARANTINED' } as const) : {};
  const { chosen } = await find(session, stack, { ...choice, ...inState });
  const ports = {
    store: stack.quarantine,
    ingest: stack.revalidate,
    pace: pacer(rate, interruption),
    onProgress,
    isInterrupted,
  };
  const done: readonly Revalidated[] = chosen.length === 0 ? [] : await revalidateQuarantined(ports, chosen);
  session.print(done.map(revalidatedView), [
    ...done.flatMap(revalidatedLines),
    `${done.filter(isRevalidated).length} of ${chosen.length} revalidated`,
  ]);
  await noteMissingOwners(session, done.flatMap(sentLeads));
  session.finish({
    nothingMatched: noteUnmatched(session, choice.ids, chosen),
    leftAlone: !done.every(isRevalidated),
  });
};

/** The leads that this run has sent. */
const sentLeads = ({ outcome, leads }: Revalidated): readonly Readonly<{ lead_id: LeadId; status: string }>[] =>
  outcome === 'before'
    ? []
    : leads.flatMap((lead) => (lead.kind === 'rejected' ? [] : [{ lead_id: lead.event.lead_id, status: lead.kind }]));
