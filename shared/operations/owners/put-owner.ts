import * as E from 'fp-ts/Either';
import { canonicalJson } from '../../codecs/json-text';
import type { LeadId } from '../../lead/lead-id';
import type { Owner } from '../../lead/owner';
import { checkNewOwner } from './check-new-owner';
import type { OwnerFiles, StoredOwner } from './owner-files';

/** A valid file of an owner, and what it changes. Nothing is written yet. */
export type PlannedOwner = Readonly<{
  leadId: LeadId;
  body: Uint8Array;
  owner: Owner;
  before: StoredOwner;
  /** `same`: the stored file says the same, perhaps in another notation. */
  change: 'new' | 'same' | 'replaces';
}>;

/** What became of a planned file. `changed`: another writer wrote the file in the meantime, and it is left as it is. */
export type WrittenOwner = 'written' | 'unchanged' | 'changed';

/**
 * Checks the file of an owner, and reads what it would replace.
 *
 * @param body as EnrichmentFunction will read it
 * @returns Left: what is wrong with the file. Nothing was read
 * @throws a StoreError if the stored file cannot be read
 */
export const planOwner = async (
  { check, read }: Pick<OwnerFiles, 'check' | 'read'>,
  leadId: LeadId,
  body: Uint8Array,
): Promise<E.Either<readonly string[], PlannedOwner>> => {
  const checked = checkNewOwner(check, body);
  if (checked.kind === 'invalid') return E.left(checked.problems);
  const before = await read(leadId);
  return E.right({ leadId, body, owner: checked.owner, before, change: changeOf(before, checked.owner) });
};

const changeOf = (before: StoredOwner, owner: Owner): PlannedOwner['change'] => {
  if (before.kind === 'missing') return 'new';
  return before.kind === 'valid' && canonicalJson(before.owner) === canonicalJson(owner) ? 'same' : 'replaces';
};

/**
 * Writes a planned file. A file that says the same is not written again.
 *
 * @throws a StoreError if the bucket does not answer
 */
export const writeOwner = async (
  { read, write }: Pick<OwnerFiles, 'read' | 'write'>,
  { leadId, body, owner, before, change }: PlannedOwner,
): Promise<WrittenOwner> => {
  if (change === 'same') return 'unchanged';
  if ((await write(leadId, body, before)) === 'written') return 'written';
  // The SDK retries a write whose answer was lost, and the retry finds the file that the first attempt wrote.
  return changeOf(await read(leadId), owner) === 'same' ? 'written' : 'changed';
};

/** The names of the fields whose values a planned file adds, removes or changes, at the top level of the file. */
export const changedFields = ({ owner, before }: PlannedOwner): readonly string[] => {
  const old = before.kind === 'valid' ? before.owner : {};
  const names = [...new Set([...Object.keys(old), ...Object.keys(owner)])];
  return names.filter((name) => canonicalJson(old[name] ?? null) !== canonicalJson(owner[name] ?? null));
};
