import { ownerName } from '../../lead/owner';
import type { OwnerFinding, OwnersReport } from '../owners/check-owners';
import type { OwnerOfLeads, OwnersPage } from '../owners/list-owners';
import type { StoredOwner } from '../owners/owner-files';
import { changedFields, type PlannedOwner, type WrittenOwner } from '../owners/put-owner';

/** How many lead ids a listed owner has in the output. */
const idsShown = 20;

const ownerView = ({ owner, key, leadIds }: OwnerOfLeads) => ({
  owner,
  owner_key: key,
  leads: leadIds.length,
  lead_ids: leadIds.slice(0, idsShown),
});

/** A page of owners as JSON for programs. `next` is the value of `--after` for the next page. */
export const ownersView = ({ owners, invalid, others, files, next }: OwnersPage) => ({
  owners: owners.map(ownerView),
  invalid: invalid.map(({ leadId, problems }) => ({ lead_id: leadId, problems })),
  other_files: others,
  files,
  next: next ?? null,
});

/** A planned file as JSON for programs. `result` is absent if nothing was asked to be written. */
export const plannedOwnerView = (planned: PlannedOwner, result?: WrittenOwner) => ({
  lead_id: planned.leadId,
  change: planned.change,
  owner: ownerName(planned.owner),
  previous_owner: storedName(planned.before),
  changed_fields: planned.change === 'replaces' ? changedFields(planned) : [],
  ...(result === undefined ? {} : { result }),
});

/** `null`: there was no file, or none that EnrichmentFunction accepts. */
const storedName = (file: StoredOwner): string | null => (file.kind === 'valid' ? ownerName(file.owner) : null);

export const ownerFindingView = <Remedy extends string>({
  leadId,
  remedy,
  file,
  problems,
  dueAt,
}: Omit<OwnerFinding, 'remedy'> & Readonly<{ remedy: Remedy }>) => ({
  lead_id: leadId,
  remedy,
  file,
  problems,
  due_at: dueAt ?? null,
});

/** What a check found as JSON for programs. `found` counts also what is beyond the limit. */
export const ownersReportView = ({ findings, ...counts }: OwnersReport) => ({
  ...counts,
  findings: findings.map(ownerFindingView),
});
