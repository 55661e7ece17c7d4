import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { enrichedKeyOf, type RawKey } from '../lead/raw-key';
import type { DocumentPorts, LeadPorts, StoredText } from '../operations/leads/lead-ports';
import { orThrow } from '../operations/or-throw';
import { StoreError } from '../operations/store-error';
import { readObject } from './json-objects';
import { findLeads } from './lead-queries';
import { leadsOfEvents } from './leads-of-events';

type Stores = Readonly<{ dynamodb: DynamoDBClient; s3: S3Client }>;

/** What an operator reads of leads, besides their histories. @param outputs gives an output of the stack by its name */
export const leadReading = (
  { dynamodb, s3 }: Stores,
  outputs: (name: string) => string,
): Pick<LeadPorts, 'findLeads' | 'leadsOfEvents'> & DocumentPorts => {
  const find = findLeads(dynamodb, outputs('TableName'));
  const leadsOf = leadsOfEvents(dynamodb, outputs('TableName'));
  return {
    findLeads: async (search) => {
      const page = await find(search)();
      if (E.isRight(page)) return page.right;
      if (page.left.kind === 'bad-cursor') return 'bad-cursor';
      throw new StoreError(page.left);
    },
    leadsOfEvents: (refs) => orThrow(leadsOf(refs)),
    rawText: (key) => textOf(s3, outputs('RawBucketName'), 'raw', key),
    enrichedText: (key: RawKey) => textOf(s3, outputs('EnrichedBucketName'), 'enriched', enrichedKeyOf(key)),
  };
};

const textOf = async (client: S3Client, bucket: string, store: string, key: string): Promise<StoredText> => {
  const read = await readObject(client, bucket, store, key)();
  if (E.isRight(read)) return { kind: 'found', text: read.right.text };
  switch (read.left.kind) {
    case 'missing':
      return { kind: 'missing' };
    case 'unreadable':
      return { kind: 'unreadable', problems: read.left.paths };
    case 'unavailable':
      throw new StoreError(read.left);
  }
};
