import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { orThrow } from '../operations/or-throw';
import type { QuarantineStore } from '../operations/quarantine/quarantine-ports';
import type { ReadFailure } from '../ports/read-failure';
import type { StoreFailure } from '../ports/store-failure';
import type { QuarantineItem } from '../stored/quarantine-item';
import { quarantinePrefix, sourceOfFolder } from '../stored/quarantine-key';
import { quarantinedObject, type QuarantinedObject } from '../stored/quarantined-object';
import { call } from './call';
import { decodeStored } from './decode-item';
import type { EventTable } from './event-table';
import { decodeJsonObject, readObject } from './json-objects';
import { discardQuarantinedItem, finishQuarantined, readQuarantineItems } from './quarantine-items';

/** The quarantine of a stack, for operators. */
export const quarantineStore = (s3: S3Client, bucket: string, table: EventTable): QuarantineStore => {
  const items = readQuarantineItems(table);
  return {
    sources: () => orThrow(quarantineSourcesIn(s3, bucket)),
    items: (source, idPrefix) => orThrow(items(source, idPrefix)),
    item: async ({ source, id }) => (await orThrow(items(source, id))).items.find((item) => item.id === id),
    request: (item) => orThrow(readRequest(s3, bucket, item)),
    finish: async (item, events) => {
      const existing = await orThrow(finishQuarantined(table)(item, events));
      return existing === undefined || existing === 'gone' ? 'revalidated' : 'by-another';
    },
    discard: (item, reason) => orThrow(discardQuarantinedItem(table)(item, reason)),
  };
};

/** The folders of `quarantine/` name the sources, also those that are no longer in the sources secret. */
export const quarantineSourcesIn = (client: S3Client, bucket: string): TE.TaskEither<StoreFailure, readonly string[]> =>
  call('quarantine', async () => {
    const folders: string[] = [];
    const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: quarantinePrefix, Delimiter: '/' });
    for await (const { CommonPrefixes = [] } of pages) folders.push(...CommonPrefixes.map(({ Prefix = '' }) => Prefix));
    // A person may have made another folder.
    return folders.map(sourceOfFolder).filter((source) => source !== undefined);
  });

type Read = QuarantinedObject | 'missing' | 'unreadable';

const readRequest = (client: S3Client, bucket: string, item: QuarantineItem): TE.TaskEither<StoreFailure, Read> =>
  pipe(
    readObject(client, bucket, 'quarantine', item.s3_key),
    TE.flatMapEither(({ text }) => decodeJsonObject('quarantine', text)),
    TE.flatMapEither(decodeStored(quarantinedObject, 'quarantine')),
    TE.orElseW((failure: ReadFailure): TE.TaskEither<StoreFailure, Read> => {
      switch (failure.kind) {
        case 'missing':
        case 'unreadable':
          return TE.right(failure.kind);
        case 'unavailable':
          return TE.left(failure);
      }
    }),
  );
