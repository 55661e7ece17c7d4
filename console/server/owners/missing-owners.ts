import type { LeadId } from '../../../shared/lead/lead-id';
import { addressProblems } from '../../../shared/operations/owners/check-new-owner';
import {
  checkOwners,
  type OwnerFinding,
  type OwnerRemedy,
  type OwnersReport,
} from '../../../shared/operations/owners/check-owners';
import type { OwnerFiles } from '../../../shared/operations/owners/owner-files';
import { counted } from '../../../shared/operations/views/counted';
import type { Task } from '../../api/task';
import type { ConsolePorts } from '../ports';
import { findingOwnerless } from '../rights';
import type { TaskRunner } from '../task-runner';
import { taskSeries } from '../task-series';

/** How many findings are kept. */
const findingsKept = 1_000;

type Found = Readonly<{ at: string; report: OwnersReport; isStopped: boolean }>;

/**
 * Leads without a valid file of an owner, as the latest search found them. Once this console has written or read a valid
 * file of a lead, with addresses that are some, the finding about the lead says so, without another search.
 */
export const missingOwners = (
  { owners, scanPages }: Pick<ConsolePorts['stack'], 'owners' | 'scanPages'>,
  runner: TaskRunner,
  now: () => Date,
) => {
  /** Without and with the files of leads that wait: a second request gets the search that runs. */
  const searches = { usual: taskSeries(runner), withFiles: taskSeries(runner) };
  /** Leads whose files became valid while a search ran, which may have read them before. One set for each search. */
  const running = new Set<Set<LeadId>>();
  let found: Found | undefined;

  const noteValid = (leadId: LeadId): void => {
    for (const valid of running) valid.add(leadId);
    if (found !== undefined) found = { ...found, report: withValidFile(found.report, leadId) };
  };

  return {
    latest: (): Found | undefined => found,
    /** The files of owners, for all work of this console but the search. */
    files: {
      ...owners,
      read: async (leadId) => {
        const file = await owners.read(leadId);
        if (file.kind === 'valid' && addressProblems(file.owner).length === 0) noteValid(leadId);
        return file;
      },
      write: async (leadId, body, before) => {
        const result = await owners.write(leadId, body, before);
        if (result === 'written') noteValid(leadId);
        return result;
      },
    } satisfies OwnerFiles,
    find: (withFiles: boolean): Task =>
      searches[withFiles ? 'withFiles' : 'usual'].read(
        { kind: 'owners', title: 'Looking for leads without an owner' },
        async ({ onProgress, isInterrupted }) => {
          const valid = new Set<LeadId>();
          running.add(valid);
          try {
            const report = await checkOwners(
              {
                files: owners,
                scanPages,
                onProgress: (_, done) => onProgress('Reading files of owners', done, 0),
                isInterrupted,
              },
              { limit: findingsKept, withFiles },
            );
            const current = [...valid].reduce(withValidFile, report);
            found = { at: now().toISOString(), report: current, isStopped: isInterrupted() };
            return [
              `${counted(current.found, 'lead')} without a valid file of an owner, or with one that came too late or has a wrong address.`,
              `${counted(report.events, 'unfinished event')} and ${counted(report.files, 'file')} were read.`,
            ];
          } finally {
            running.delete(valid);
          }
        },
        findingOwnerless,
      ),
  };
};

/** The remedies of leads of which an event failed. A valid file leaves its redrive. */
const redriven: ReadonlySet<OwnerRemedy> = new Set(['redrive', 'put-and-redrive', 'correct-and-redrive']);

/** The report once a lead has a valid file. Only a failed event is still to be redriven. */
const withValidFile = (report: OwnersReport, leadId: LeadId): OwnersReport => {
  const findings = report.findings.flatMap((finding): readonly OwnerFinding[] => {
    if (finding.leadId !== leadId) return [finding];
    return redriven.has(finding.remedy) ? [{ leadId, remedy: 'redrive', file: 'valid', problems: [] }] : [];
  });
  return { ...report, findings, found: report.found - (report.findings.length - findings.length) };
};
