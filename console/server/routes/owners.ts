import * as E from 'fp-ts/Either';
import { maskAddressesIn } from '../../../shared/codecs/mask-personal';
import { leadId, type LeadId } from '../../../shared/lead/lead-id';
import { ownerName } from '../../../shared/lead/owner';
import { type OwnerRows, readOwnerRows } from '../../../shared/operations/owners/import-owners';
import { listOwners } from '../../../shared/operations/owners/list-owners';
import type { OwnerFiles, StoredOwner } from '../../../shared/operations/owners/owner-files';
import { changedFields, planOwner, type PlannedOwner, writeOwner } from '../../../shared/operations/owners/put-owner';
import { UnreadableFile } from '../../../shared/operations/rows/row';
import { ownerFindingView } from '../../../shared/operations/views/owner-view';
import * as api from '../../api/owners';
import { missingOwners } from '../owners/missing-owners';
import { ownerImports } from '../owners/owner-imports';
import type { ConsolePorts } from '../ports';
import { BadInput, Conflict } from '../refusal';
import type { Respond } from '../respond';
import { puttingOwner, readingOwner } from '../rights';
import type { TaskRunner } from '../task-runner';

type Ports = Readonly<{
  stack: Pick<ConsolePorts['stack'], 'owners' | 'scanPages'>;
  now: () => Date;
}>;

/** How many files a page of owners reads. */
const filesOfPage = 1_000;

/** How many lead ids of an owner are shown. */
const idsShown = 20;

/** The files of the lookup bucket: who has which leads, and their changes. */
export const ownerRoutes = (respond: Respond, { stack, now }: Ports, runner: TaskRunner): void => {
  const missing = missingOwners(stack, runner, now);
  const { files } = missing;
  const imports = ownerImports(files, runner);

  respond(
    api.owners,
    async ({ after, personal }) => {
      const isShown = personal === 'shown';
      const page = await listOwners(
        { files, onProgress: () => undefined, isInterrupted: () => false },
        { limit: filesOfPage, ...(after === undefined ? {} : { after }) },
      );
      return {
        owners: page.owners.map(({ owner, key, leadIds }) => ({
          owner: isShown ? owner : maskAddressesIn(owner),
          key: isShown || maskAddressesIn(key) === key ? key : null,
          leads: leadIds.length,
          lead_ids: leadIds.slice(0, idsShown),
        })),
        invalid: page.invalid.map(({ leadId: lead_id, problems }) => ({ lead_id, problems })),
        others: page.others.map(maskAddressesIn),
        files: page.files,
        next: page.next ?? null,
      };
    },
    readingOwner,
  );

  respond(api.missingOwners, () => {
    const latest = missing.latest();
    if (latest === undefined) return Promise.resolve(null);
    const { at, report, isStopped } = latest;
    const { events, files: read, found: all } = report;
    const findings = report.findings.map(ownerFindingView);
    return Promise.resolve({ at, findings, found: all, events, files: read, is_stopped: isStopped });
  });

  respond(api.findMissing, ({ with_files: withFiles }) => Promise.resolve(missing.find(withFiles)));

  respond(
    api.planOwner,
    async ({ lead_id, file }) => {
      const planned = await planOwner(files, leadIdIn(lead_id), Buffer.from(file));
      if (E.isLeft(planned)) return { ...unplanned, problems: planned.left };
      const { change, before } = planned.right;
      return {
        problems: [],
        change,
        changed_fields: change === 'replaces' ? changedFields(planned.right) : [],
        previous_owner: before.kind === 'valid' ? maskAddressesIn(ownerName(before.owner)) : null,
        version: versionOf(before),
      };
    },
    readingOwner,
  );

  respond(
    api.putOwner,
    async ({ lead_id, file, version }) => {
      const planned = await validPlan(files, leadIdIn(lead_id), file);
      const result = versionOf(planned.before) === version ? await writeOwner(files, planned) : 'changed';
      if (result !== 'changed') return { lead_id, result };
      throw new Conflict(
        `Another user has changed the owner of lead ${lead_id} in the meantime. Nothing was written. ` +
          'Check the file again, then decide.',
      );
    },
    puttingOwner,
  );

  respond(api.checkImport, async ({ text }) => {
    const rows = await rowsIn(text, files.check);
    if (rows instanceof UnreadableFile)
      return { ...unread, invalid: 1, problems: [{ line: 0, problem: `The file cannot be read: ${rows.message}.` }] };
    const about = { rows: rows.rows, leads: rows.owners.size, invalid: rows.invalid, problems: rows.problems };
    if (rows.rows === 0)
      return { ...about, invalid: 1, problems: [{ line: 0, problem: 'The file has no row.' }], ...no };
    return rows.invalid > 0 ? { ...about, ...no } : { ...about, ...imports.compare(rows) };
  });
  respond(api.ownerImport, ({ id }) => Promise.resolve(imports.state(id)));
  respond(api.compareImport, ({ id }) => Promise.resolve(imports.compareAgain(id)));
  respond(api.writeImport, ({ id }) => Promise.resolve(imports.write(id)));
};

const no = { id: null, task: null };
const unread = { ...no, rows: 0, leads: 0 };
const unplanned = { change: null, changed_fields: [], previous_owner: null, version: null };

const leadIdIn = (text: string): LeadId => {
  if (leadId.is(text)) return text;
  throw new BadInput(
    'The lead id must be text of 1 to 128 printable ASCII characters, without spaces, slashes, "%" or "..". ' +
      'Nothing was written.',
  );
};

const versionOf = (file: StoredOwner): string | null => (file.kind === 'missing' ? null : file.version);

const validPlan = async (files: OwnerFiles, id: LeadId, file: string): Promise<PlannedOwner> => {
  const planned = await planOwner(files, id, Buffer.from(file));
  if (E.isRight(planned)) return planned.right;
  throw new BadInput(`The file is invalid: ${planned.left.join('; ')}. Nothing was written.`);
};

const rowsIn = async (text: string, check: OwnerFiles['check']): Promise<OwnerRows | UnreadableFile> => {
  try {
    return await readOwnerRows(chunks(text), check);
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
};

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
