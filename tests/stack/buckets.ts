import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Outputs } from '../../dev/cloud/deploy';

/** The buckets of a stack. */
export const bucketsOf = (s3: S3Client, outputs: Outputs) => {
  const putJson = (bucket: string, key: string, value: object) =>
    s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(value) }));
  return {
    putOwner: (leadId: string, owner: object) => putJson(outputs.LookupBucketName, `${leadId}.json`, owner),
    putRaw: (key: string, payload: object) => putJson(outputs.RawBucketName, key, payload),
    readJson: async (bucket: string, key: string): Promise<unknown> => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return JSON.parse((await Body?.transformToString()) ?? 'null') as unknown;
    },
    keysOf: async (bucket: string, prefix: string): Promise<readonly string[]> => {
      const keys: string[] = [];
      let token: string | undefined;
      do {
        const page = await s3.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
        );
        keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
        token = page.NextContinuationToken;
      } while (token !== undefined);
      return keys;
    },
  };
};
