import { S3Client } from '@aws-sdk/client-s3';
import { ownerStore } from '../../../../../shared/aws/owner-store';
import type { LeadId } from '../../../../../shared/lead/lead-id';
import type { OwnerFiles } from '../../../../../shared/operations/owners/owner-files';

export type FilesDouble = OwnerFiles &
  Readonly<{
    stored: Map<string, Uint8Array>;
    /** Stores a file, as another writer does. */
    put: (leadId: string, file: string | object) => void;
    text: (leadId: string) => string | undefined;
    writes: string[];
    /** The largest number of calls that were in flight at once. */
    mostAtOnce: () => number;
  }>;

/** A lookup bucket in memory. It checks files with the code of the real one. */
export const filesDouble = (files: Readonly<Record<string, string | object>> = {}): FilesDouble => {
  const { check } = ownerStore(new S3Client({ region: 'us-east-1' }), 'lookup');
  const stored = new Map<string, Uint8Array>();
  const writes: string[] = [];
  let now = 0;
  let most = 0;
  const inFlight = async <A>(run: () => A): Promise<A> => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    return run();
  };
  const versionOf = (leadId: string): string | undefined => {
    const bytes = stored.get(leadId);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('base64');
  };
  const put = (leadId: string, file: string | object): void =>
    void stored.set(leadId, Buffer.from(typeof file === 'string' ? file : JSON.stringify(file)));
  for (const [leadId, file] of Object.entries(files)) put(leadId, file);
  return {
    ...{ stored, put, writes, check },
    mostAtOnce: () => most,
    text: (leadId) => stored.get(leadId)?.toString(),
    read: (leadId) =>
      inFlight(() => {
        const bytes = stored.get(leadId);
        return bytes === undefined
          ? { kind: 'missing' as const }
          : { ...check(bytes), version: versionOf(leadId) ?? '' };
      }),
    write: (leadId, body, before) =>
      inFlight(() => {
        const expected = before.kind === 'missing' ? undefined : before.version;
        if (versionOf(leadId) !== expected) return 'changed' as const;
        stored.set(leadId, body);
        writes.push(leadId);
        return 'written' as const;
      }),
    keys: async function* (after = '') {
      await Promise.resolve();
      const ids = [...stored.keys()].sort().filter((id) => id > after) as LeadId[];
      for (let at = 0; at < ids.length; at += 2) yield { leadIds: ids.slice(at, at + 2), others: [] };
    },
  };
};
