import type { LeadId } from '../../lead/lead-id';
import type { Owner } from '../../lead/owner';

/** What EnrichmentFunction would read. `problems`: places and expectations, never values. */
export type CheckedOwner =
  Readonly<{ kind: 'valid'; owner: Owner }> | Readonly<{ kind: 'invalid'; problems: readonly string[] }>;

/** The file of a lead in the lookup bucket. `version` changes with each write. */
export type StoredOwner = Readonly<{ kind: 'missing' }> | (CheckedOwner & Readonly<{ version: string }>);

/** A page of the keys of the lookup bucket, in the order of their bytes. */
export type OwnerKeys = Readonly<{
  leadIds: readonly LeadId[];
  /** Keys that are not `<lead_id>.json`. The pipeline never reads such an object. */
  others: readonly string[];
}>;

/** The lookup bucket, which holds `<lead_id>.json` for each lead, as operators use it. */
export type OwnerFiles = Readonly<{
  /** Reads bytes as EnrichmentFunction reads a file. */
  check: (bytes: Uint8Array) => CheckedOwner;
  /** @throws a StoreError if the bucket does not answer */
  read: (leadId: LeadId) => Promise<StoredOwner>;
  /**
   * Writes a file, if the file is still the one that was read before. S3 writes an object as a whole or not at all.
   *
   * @returns `changed` if another writer has written the file since, and nothing was written
   * @throws a StoreError if the bucket does not answer
   */
  write: (leadId: LeadId, body: Uint8Array, before: StoredOwner) => Promise<'written' | 'changed'>;
  /**
   * All keys, page by page.
   *
   * @param after only keys of lead ids after this one
   * @throws a StoreError if the bucket does not answer
   */
  keys: (after?: string) => AsyncIterable<OwnerKeys>;
}>;

/** How many files are read or written at once. */
export const filesAtOnce = 16;
