import type { LeadId } from '../../lead/lead-id';
import { ownerKey, ownerName, searchKey } from '../../lead/owner';
import { eachAtOnce } from '../at-once';
import type { OnProgress } from '../progress';
import { filesAtOnce, type OwnerFiles } from './owner-files';

type ListOwnersPorts = Readonly<{
  files: Pick<OwnerFiles, 'keys' | 'read'>;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
}>;

type OwnersChoice = Readonly<{
  /** Only files of leads after this one, in the order of the bucket. */
  after?: string;
  /** How many files are read at most. */
  limit: number;
  /** Only this owner: the address, or the name if the file has no address. */
  owner?: string;
}>;

/** An owner, and those of the leads of a page that name it. */
export type OwnerOfLeads = Readonly<{ owner: string; key: string; leadIds: readonly LeadId[] }>;

export type OwnersPage = Readonly<{
  /** The owner with the most leads first. */
  owners: readonly OwnerOfLeads[];
  invalid: readonly Readonly<{ leadId: LeadId; problems: readonly string[] }>[];
  /** Keys that are not `<lead_id>.json`. */
  others: readonly string[];
  /** How many files were read. */
  files: number;
  /** The `after` of the next page; absent on the last one. */
  next: LeadId | undefined;
}>;

/**
 * Reads the files of owners, a page of them, and groups their leads by owner.
 *
 * @throws a StoreError if the bucket does not answer
 */
export const listOwners = async (
  { files, onProgress, isInterrupted }: ListOwnersPorts,
  { after, limit, owner }: OwnersChoice,
): Promise<OwnersPage> => {
  const { leadIds, others, next } = await firstKeys(files, after, limit);
  const wanted = owner === undefined ? undefined : searchKey(owner);
  const byKey = new Map<string, { readonly owner: string; readonly leadIds: LeadId[] }>();
  const invalid: { leadId: LeadId; problems: readonly string[] }[] = [];
  let read = 0;
  await eachAtOnce(
    filesAtOnce,
    leadIds,
    async (leadId) => {
      const file = await files.read(leadId);
      read += 1;
      onProgress('read', read, leadIds.length);
      if (file.kind === 'invalid') invalid.push({ leadId, problems: file.problems });
      if (file.kind !== 'valid') return;
      const key = ownerKey(file.owner);
      if (wanted !== undefined && key !== wanted) return;
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, { owner: ownerName(file.owner), leadIds: [leadId] });
      else known.leadIds.push(leadId);
    },
    isInterrupted,
  );
  return {
    owners: [...byKey]
      .map(([key, found]) => ({ key, owner: found.owner, leadIds: found.leadIds.sort(inOrder) }))
      .sort((a, b) => b.leadIds.length - a.leadIds.length || (a.key < b.key ? -1 : 1)),
    invalid: invalid.sort((a, b) => (a.leadId < b.leadId ? -1 : 1)),
    others,
    files: read,
    next,
  };
};

const firstKeys = async (
  { keys }: Pick<OwnerFiles, 'keys'>,
  after: string | undefined,
  limit: number,
): Promise<Pick<OwnersPage, 'others' | 'next'> & Readonly<{ leadIds: readonly LeadId[] }>> => {
  const leadIds: LeadId[] = [];
  const others: string[] = [];
  for await (const page of keys(after)) {
    others.push(...page.others.slice(0, mostOthers - others.length));
    leadIds.push(...page.leadIds);
    if (leadIds.length > limit) break;
  }
  const first = leadIds.slice(0, limit);
  return { leadIds: first, others, next: leadIds.length > limit ? first.at(-1) : undefined };
};

/** Enough to see what they are. */
const mostOthers = 100;

const byNumbers = new Intl.Collator('en', { numeric: true });

/** `LD-9` comes before `LD-10`. */
const inOrder = (one: string, other: string): number => byNumbers.compare(one, other) || (one < other ? -1 : 1);
