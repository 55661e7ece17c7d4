import {
  discardQuarantined,
  type DiscardQuarantinedOutcome,
} from '../../../shared/operations/quarantine/discard-quarantined';
import { findQuarantined } from '../../../shared/operations/quarantine/find-quarantined';
import {
  isRevalidated,
  type RevalidatedLead,
  type RevalidateOutcome,
  revalidateQuarantined,
} from '../../../shared/operations/quarantine/revalidate-quarantined';
import { withProgressReport } from '../../../shared/operations/unfinished';
import { countsOf } from '../../../shared/operations/views/event-counts';
import { discardQuarantinedOutcomeTexts, revalidateOutcomeTexts } from '../../../shared/operations/views/outcome-text';
import type { QuarantineItem } from '../../../shared/stored/quarantine-item';
import type { QuarantineRow } from '../../api/quarantine';
import type { Task } from '../../api/task';
import { counted } from '../../../shared/operations/views/counted';
import type { ConsolePorts } from '../ports';
import { type ReadList, withNewest } from '../read-lists';
import { discardingQuarantined, readingQuarantine, revalidating } from '../rights';
import type { TaskRunner } from '../task-runner';
import { onlyOne, taskSeries } from '../task-series';
import { type KeptRequest, keyOf } from './kept-request';

/** The quarantined requests as they were at one reading, with what this console has done with them since. */
type RequestList = ReadList<KeptRequest> & Readonly<{ unreadable: number }>;

export type QuarantineStack = Pick<ConsolePorts['stack'], 'quarantine' | 'revalidate'>;

type Outcome = NonNullable<QuarantineRow['outcome']>;

/** The work on the quarantine, one piece after the other, and the list that the latest reading left. */
export const quarantineDesk = (stack: QuarantineStack, runner: TaskRunner, now: () => Date) => {
  const series = taskSeries(runner);
  const { quarantine: store } = stack;
  let lists: readonly RequestList[] = [];

  /**
   * Keeps what became of a request, and the state that the table has now. The work is done even if the table does not
   * answer: the list has the earlier state then, until it is read again.
   */
  const note = async (found: QuarantineItem, outcome: Omit<Outcome, 'at'>): Promise<void> => {
    const item = (await store.item(found).catch(() => undefined)) ?? found;
    lists[0]?.entries.set(keyOf(found), { item, outcome: { at: now().toISOString(), ...outcome } });
  };

  return {
    series,
    /** Those of the latest readings, newest first. */
    lists: (): readonly RequestList[] => lists,
    read: (): Task =>
      series.read(
        { kind: 'quarantine-reading', title: 'Reading the quarantine' },
        async (given) => {
          const { chosen, unreadable } = await findQuarantined({ store, ...given }, { ids: [], all: true });
          const entries = new Map(chosen.map((item) => [keyOf(item), keptAgain(item, lists[0])]));
          lists = withNewest(lists, { since: now().toISOString(), entries, unreadable: unreadable.length });
          return [`${counted(chosen.length, 'request')}.`];
        },
        readingQuarantine,
      ),
    revalidate: (chosen: readonly QuarantineItem[]): Task =>
      series.start(
        { ...aboutOf(chosen), title: `Revalidating ${counted(chosen.length, 'request')}` },
        async (given) => {
          const pace = () => Promise.resolve();
          const ports = { store, ingest: stack.revalidate, pace, ...given, onProgress: () => undefined };
          const outcomes: RevalidateOutcome[] = [];
          let revalidatedCount = 0;
          let leadCount = 0;
          const revalidateEach = async (): Promise<void> => {
            for (const item of chosen) {
              // One by one, so that the page shows what became of each as soon as it is known.
              const [done] = await revalidateQuarantined(ports, [item]);
              if (done === undefined) return;
              outcomes.push(done.outcome);
              if (isRevalidated(done)) revalidatedCount += 1;
              leadCount += done.leads.filter(({ kind }) => kind === 'accepted').length;
              given.onProgress('revalidated', outcomes.length, chosen.length);
              await note(item, { says: revalidateOutcomeTexts[done.outcome], ...leadsOf(done.leads) });
            }
          };
          await withProgressReport(() => ({ revalidated: revalidatedCount, chosen: chosen.length }), revalidateEach);
          return [
            `${revalidatedCount.toLocaleString('en')} of ${counted(chosen.length, 'request')} revalidated, ` +
              `${counted(leadCount, 'new event')}.`,
            ...linesOf(outcomes, revalidateOutcomeTexts),
          ];
        },
        revalidating,
      ),
    discard: (chosen: readonly QuarantineItem[], reason: string): Task =>
      series.start(
        { ...aboutOf(chosen), title: `Discarding ${counted(chosen.length, 'request')}` },
        async (given) => {
          const ports = { store, ...given, onProgress: () => undefined };
          const outcomes: DiscardQuarantinedOutcome[] = [];
          const isDiscarded = (outcome: DiscardQuarantinedOutcome): boolean => outcome === 'discarded';
          const discardEach = async (): Promise<void> => {
            for (const item of chosen) {
              // One by one, as in a revalidation.
              const [done] = await discardQuarantined(ports, [item], reason);
              if (done === undefined) return;
              outcomes.push(done.outcome);
              given.onProgress('discarded', outcomes.length, chosen.length);
              await note(item, { says: discardQuarantinedOutcomeTexts[done.outcome], problems: [], leads: [] });
            }
          };
          await withProgressReport(
            () => ({ discarded: outcomes.filter(isDiscarded).length, chosen: chosen.length }),
            discardEach,
          );
          const discarded = outcomes.filter(isDiscarded).length;
          return [
            `${discarded.toLocaleString('en')} of ${counted(chosen.length, 'request')} discarded.`,
            ...linesOf(outcomes, discardQuarantinedOutcomeTexts),
          ];
        },
        discardingQuarantined,
      ),
  };
};

const aboutOf = (chosen: readonly QuarantineItem[]) => ({
  kind: 'quarantine' as const,
  subject: onlyOne(chosen.map(keyOf)),
});

/** A reading forgets no outcome of a request that is still as that outcome left it. */
const keptAgain = (item: QuarantineItem, list: RequestList | undefined): KeptRequest => {
  const known = list?.entries.get(keyOf(item));
  return { item, outcome: known?.item.state === item.state ? known.outcome : null };
};

const leadsOf = (leads: readonly RevalidatedLead[]): Pick<Outcome, 'leads' | 'problems'> => ({
  leads: leads.flatMap((lead) =>
    lead.kind === 'rejected' ? [] : [{ ...lead.event, is_new: lead.kind === 'accepted' }],
  ),
  problems: leads.flatMap((lead) => (lead.kind === 'rejected' ? lead.problems : [])),
});

/** How many requests had each outcome. */
const linesOf = <A extends string>(outcomes: readonly A[], texts: Readonly<Record<A, string>>): readonly string[] =>
  (Object.entries(countsOf(outcomes)) as [A, number][]).map(([outcome, count]) => `${count} ${texts[outcome]}.`);
