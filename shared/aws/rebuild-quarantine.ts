import type { S3Client } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { orThrow } from '../operations/or-throw';
import { throwOutage } from '../operations/outage';
import type { RebuiltRequest } from '../operations/rebuild/rebuild-quarantine';
import type { StoreFailure } from '../ports/store-failure';
import { quarantineKey } from '../stored/quarantine-key';
import { quarantinedObject, type QuarantinedObject } from '../stored/quarantined-object';
import { decodeStored } from './decode-item';
import type { EventTable } from './event-table';
import { decodeJsonObject, readObject } from './json-objects';
import { expiryOf } from './expiry';
import { putQuarantineItem } from './quarantine';

type Table = Pick<EventTable, 'client' | 'tableName' | 'now'>;

/**
 * Writes the item of a quarantined request again, from its object, as QUARANTINED. An operator may have revalidated or
 * discarded it before: to revalidate it once more only finds the events that exist.
 *
 * @param retentionDays how long an item is kept after its object was written
 * @throws a StoreError if a store does not answer
 */
export const rebuildRequest =
  (s3: S3Client, bucket: string, table: Table, retentionDays: number, isDryRun: boolean) =>
  async (key: string): Promise<RebuiltRequest> => {
    const read = await readObject(s3, bucket, 'quarantine', key)();
    if (E.isLeft(read)) {
      throwOutage(read.left);
      return read.left.kind === 'missing' ? 'gone' : 'unreadable';
    }
    const { text, lastModified } = read.right;
    const object = pipe(decodeJsonObject('quarantine', text), E.flatMap(decodeStored(quarantinedObject, 'quarantine')));
    const id = /\/([0-9a-f]{64})\.json$/.exec(key)?.[1];
    if (E.isLeft(object) || id === undefined || quarantineKey({ source: object.right.source, id }) !== key)
      return 'unreadable';
    const expiresAt = expiryOf(new Date(lastModified), retentionDays);
    if (expiresAt * 1000 <= table.now().getTime()) return 'expired';
    return isDryRun ? 'written' : orThrow(write(table, expiresAt, id, object.right));
  };

const write = (
  table: Table,
  expiresAt: number,
  id: string,
  { source, received_at, kind, correlation_id, problems }: QuarantinedObject,
): TE.TaskEither<StoreFailure, RebuiltRequest> =>
  pipe(
    putQuarantineItem(table, expiresAt, {
      id,
      sourceId: source,
      receivedAt: received_at,
      kind,
      correlationId: correlation_id,
      problems,
    }),
    TE.map((outcome) => (outcome === 'new' ? 'written' : 'present')),
  );
