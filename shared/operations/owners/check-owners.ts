import { isPending } from '../../stored/event-item';
import type { EventItem } from '../../stored/event-item';
import type { EventState } from '../../stored/event-state';
import type { LeadId } from '../../lead/lead-id';
import { eachAtOnce } from '../at-once';
import type { OnProgress } from '../progress';
import { addressProblems } from './check-new-owner';
import { filesAtOnce, type OwnerFiles, type StoredOwner } from './owner-files';

type CheckOwnersPorts = Readonly<{
  files: Pick<OwnerFiles, 'keys' | 'read'>;
  /** Reads the events in these states, page by page. */
  scanPages: (
    filter: Readonly<{ states: readonly EventState[] }>,
  ) => AsyncIterable<Readonly<{ events: readonly EventItem[]; unreadable: readonly string[] }>>;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
}>;

/**
 * What an operator does about a lead:
 *
 * - `put`: its file is missing or invalid, and its event waits. Put the file before the event is due.
 * - `put-and-redrive`: its file is missing or invalid, and its event failed because of that.
 * - `redrive`: its event failed because of its file, which is valid now.
 * - `correct-and-redrive`: as `redrive`, and an address field of the file has no e-mail address.
 * - `correct`: its file is invalid, and no event waits for it. The next event of the lead would fail.
 * - `correct-address`: EnrichmentFunction accepts its file, and an address field of it has no e-mail address. It was stored
 *   by another program, or by an earlier version of leadline.
 */
export type OwnerRemedy = 'put' | 'put-and-redrive' | 'redrive' | 'correct-and-redrive' | 'correct' | 'correct-address';

export type OwnerFinding = Readonly<{
  leadId: LeadId;
  remedy: OwnerRemedy;
  file: StoredOwner['kind'];
  /** Why EnrichmentFunction refuses the file, or what is wrong with the addresses of a valid one. */
  problems: readonly string[];
  /** When the first waiting event is due: an instant in UTC. */
  dueAt?: string;
}>;

export type OwnersReport = Readonly<{
  findings: readonly OwnerFinding[];
  /** How many findings there are, with those that are beyond the limit. */
  found: number;
  /** How many events were looked at, and how many files were read. */
  events: number;
  files: number;
  /** Keys of event records that cannot be decoded. */
  unreadable: number;
}>;

/**
 * Finds leads that have no valid file of an owner although an event waits for it or failed because of it. It also finds
 * files that EnrichmentFunction would refuse, and files with an address field that has no e-mail address.
 *
 * @param limit how many findings are kept
 * @param withFiles whether all files of the bucket are read, and not only those of unfinished events
 * @throws a StoreError if a store does not answer
 */
export const checkOwners = async (
  ports: CheckOwnersPorts,
  { limit, withFiles }: Readonly<{ limit: number; withFiles: boolean }>,
): Promise<OwnersReport> => {
  const findings = new Map<LeadId, OwnerFinding>();
  let found = 0;
  let events = 0;
  let files = 0;
  let unreadable = 0;
  const add = (finding: OwnerFinding): void => {
    found += 1;
    if (findings.size < limit) findings.set(finding.leadId, finding);
  };
  const { onProgress, isInterrupted } = ports;
  const seen = new Set<LeadId>();
  const merge = (leadId: LeadId, ofLead: readonly EventItem[]): void => {
    const known = findings.get(leadId);
    if (known !== undefined) findings.set(leadId, withEvents(known, ofLead));
  };

  for await (const page of ports.scanPages({ states: ['RECEIVED', 'FAILED'] })) {
    events += page.events.length;
    unreadable += page.unreadable.length;
    const leads = [...byLead(page.events.filter(isAboutOwner))];
    // The events of a lead can be on several pages.
    for (const [leadId, ofLead] of leads) if (seen.has(leadId)) merge(leadId, ofLead);
    await eachAtOnce(
      filesAtOnce,
      leads.filter(([leadId]) => !seen.has(leadId)),
      async ([leadId, ofLead]) => {
        const finding = findingAbout(leadId, ofLead, await ports.files.read(leadId));
        files += 1;
        if (finding === undefined) return;
        seen.add(leadId);
        add(finding);
      },
      isInterrupted,
    );
    onProgress('checked', files, files);
    if (isInterrupted()) break;
  }
  if (withFiles && !isInterrupted())
    for await (const { leadIds } of ports.files.keys()) {
      await eachAtOnce(
        filesAtOnce,
        leadIds.filter((leadId) => !seen.has(leadId)),
        async (leadId) => {
          const file = await ports.files.read(leadId);
          files += 1;
          if (file.kind === 'invalid') add({ leadId, remedy: 'correct', file: file.kind, problems: file.problems });
          // A file that was deleted since its key was read is no finding.
          const wrong = file.kind === 'valid' ? findingAbout(leadId, [], file) : undefined;
          if (wrong !== undefined) add(wrong);
        },
        isInterrupted,
      );
      onProgress('checked', files, files);
      if (isInterrupted()) break;
    }
  return { findings: [...findings.values()], found, events, files, unreadable };
};

/** Whether an event waits for the file of its owner, or failed because of it. */
const isAboutOwner = (event: EventItem): boolean =>
  isPending(event) || event.reason === 'owner-missing' || event.reason === 'owner-unreadable';

const byLead = (events: readonly EventItem[]): ReadonlyMap<LeadId, readonly EventItem[]> => {
  const leads = new Map<LeadId, EventItem[]>();
  for (const event of events) {
    const known = leads.get(event.lead_id);
    if (known === undefined) leads.set(event.lead_id, [event]);
    else known.push(event);
  }
  return leads;
};

const findingAbout = (leadId: LeadId, events: readonly EventItem[], file: StoredOwner): OwnerFinding | undefined => {
  const hasFailed = events.some(({ state }) => state === 'FAILED');
  if (file.kind === 'valid') {
    const wrong = addressProblems(file.owner);
    const isWrong = wrong.length > 0;
    if (!hasFailed && !isWrong) return undefined;
    const remedy = !hasFailed ? 'correct-address' : isWrong ? 'correct-and-redrive' : 'redrive';
    return { leadId, remedy, file: file.kind, problems: wrong };
  }
  const problems = file.kind === 'invalid' ? file.problems : [];
  if (hasFailed) return { leadId, remedy: 'put-and-redrive', file: file.kind, problems };
  return { leadId, remedy: 'put', file: file.kind, problems, ...firstDue(dueTimes(events)) };
};

/** A finding with further events of its lead. */
const withEvents = (finding: OwnerFinding, events: readonly EventItem[]): OwnerFinding => {
  const hasFailed = events.some(({ state }) => state === 'FAILED');
  if (finding.remedy === 'correct-address' && hasFailed) return { ...finding, remedy: 'correct-and-redrive' };
  if (finding.remedy !== 'put') return finding;
  const { dueAt, ...rest } = finding;
  if (hasFailed) return { ...rest, remedy: 'put-and-redrive' };
  return { ...rest, ...firstDue([...dueTimes(events), ...(dueAt === undefined ? [] : [dueAt])]) };
};

const dueTimes = (events: readonly EventItem[]): readonly string[] => events.flatMap(({ due_at }) => due_at ?? []);

const firstDue = (times: readonly string[]): Readonly<{ dueAt?: string }> => {
  const [dueAt] = [...times].sort();
  return dueAt === undefined ? {} : { dueAt };
};
