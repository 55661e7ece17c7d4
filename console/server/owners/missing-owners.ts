import type { LeadId } from '../../../shared/lead/lead-id';
import { addressProblems } from '../../../shared/operations/owners/check-new-owner';
import {
  checkOwners,
  type OwnerFinding,
  type OwnerRemedy,
  type OwnersReport,
} from '../../../shared/operations/owners/check-owners';
import { needsRedrive } from '../../../shared/operations/owners/needs-redrive';
import type { OwnerFiles } from '../../../shared/operations/owners/owner-files';
import { counted } from '../../../shared/operations/views/counted';
import type { Task } from '../../api/task';
import type { ConsolePorts } from '../ports';
import { findingOwnerless } from '../rights';
import type { TaskRunner } from '../task-runner';
import { taskSeries } from '../task-series';

/** How many findings are kept. */
const findingsKept = 1_000;

/** `look`: the file came after the event of the lead was due, so that the event may have failed. */
type Finding = Omit<OwnerFinding, 'remedy'> & Readonly<{ remedy: OwnerRemedy | 'look' }>;

type Report = Omit<OwnersReport, 'findings'> & Readonly<{ findings: readonly Finding[] }>;

type Found = Readonly<{ at: string; report: Report; isStopped: boolean }>;

/**
 * Leads without a valid file of an owner, as the latest search found them. Once this console has written or read a valid
 * file of a lead, and its address fields have e-mail addresses, the finding about the lead changes without another search.
 */
export const missingOwners = (
  { owners, scanPages }: Pick<ConsolePorts['stack'], 'owners' | 'scanPages'>,
  runner: TaskRunner,
  now: () => Date,
) => {
  /** Without and with the files of leads that wait: a second request gets the search that runs. */
  const searches = { usual: taskSeries(runner), withFiles: taskSeries(runner) };
  /** Leads whose files became valid while a search ran, which may have read them before, and when. One map a search. */
  const running = new Set<Map<LeadId, string>>();
  let found: Found | undefined;

  const noteValid = (leadId: LeadId): void => {
    const at = now().toISOString();
    for (const valid of running) if (!valid.has(leadId)) valid.set(leadId, at);
    if (found !== undefined) found = { ...found, report: withValidFile(found.report, [leadId, at]) };
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
          const valid = new Map<LeadId, string>();
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
            const current = [...valid].reduce<Report>(withValidFile, report);
            found = { at: now().toISOString(), report: current, isStopped: isInterrupted() };
            return [
              `Leads that need a file, a correction or a redrive: ${counted(current.found, 'lead')}.`,
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

/** The report once a lead has a valid file, and since when this console knows it: an instant in UTC. */
const withValidFile = (report: Report, [leadId, at]: readonly [LeadId, string]): Report => {
  const findings = report.findings.flatMap((finding) =>
    finding.leadId === leadId ? afterValidFile(finding, at) : [finding],
  );
  return { ...report, findings, found: report.found - (report.findings.length - findings.length) };
};

/** What a lead needs after its file became valid. Nothing if no event can have failed because of the file. */
const afterValidFile = ({ leadId, remedy, dueAt = '' }: Finding, at: string): readonly Finding[] => {
  const needs = (next: Finding['remedy']): readonly Finding[] => [
    { leadId, remedy: next, file: 'valid', problems: [] },
  ];
  if (needsRedrive(remedy)) return needs('redrive');
  // The event has no due time if no message was queued for it.
  return remedy === 'look' || (remedy === 'put' && dueAt <= at) ? needs('look') : [];
};
