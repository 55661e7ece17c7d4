import * as E from 'fp-ts/Either';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { storeEnriched } from '../../shared/aws/enriched-objects';
import { readOwner } from '../../shared/aws/owner-files';
import { readRaw } from '../../shared/aws/read-raw';
import { enrichedJson } from '../../shared/lead/enriched-lead';
import type { LeadId } from '../../shared/lead/lead-id';
import { enrichedKeyOf, type RawKey } from '../../shared/lead/raw-key';
import { arbitraryRecord } from '../support/arbitrary';
import type { Harness } from './harness';
import { done } from './stores';

export const describeEnrichedObjects = ({ stores }: Harness): void => {
  describe('an enriched object', () => {
    it('has the name of its raw object, and the same bytes each time', async () => {
      const one = arbitraryRecord();
      const enriched = { record: one, owner: { owner_name: 'Ada' } };
      const store = storeEnriched(stores().s3, stores().enrichedBucket);
      await done(store(enriched));
      await done(store(enriched));
      const again = readRaw(stores().s3, stores().enrichedBucket)(enrichedKeyOf(one.s3Key) as RawKey);
      // The object exists, and it is not a lead: the payload is its field `lead`.
      expect(await again()).toMatchObject(E.right({ problems: expect.any(Array) as unknown }));
      expect(JSON.parse(enrichedJson(enriched))).toMatchObject({ lead: one.event.payload, owner: enriched.owner });
    });
  });

  describe('the file of an owner', () => {
    const put = (bucket: string, key: string, body: string) =>
      stores().s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    it('is found, missing or unreadable', async () => {
      const read = readOwner(stores().s3, stores().lookupBucket);
      await put(stores().lookupBucket, 'known.json', '{"owner_name":"Ada"}');
      await put(stores().lookupBucket, 'empty.json', '{}');
      expect(await read('known' as LeadId)()).toStrictEqual(E.right({ owner_name: 'Ada' }));
      expect(await read('unknown' as LeadId)()).toStrictEqual(E.left({ kind: 'missing' }));
      await put(stores().lookupBucket, 'large.json', JSON.stringify({ owner_name: 'Ada', more: 'x'.repeat(300_000) }));
      for (const id of ['empty', 'large']) {
        expect(await read(id as LeadId)()).toMatchObject(E.left({ kind: 'unreadable', store: 'owner' }));
      }
    });
  });
};
