import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { parseJson } from '../lead/json-text';
import type { ReadFailure } from '../lead/read-failure';
import { type StoreFailure, unavailable } from '../lead/store-failure';
import { decodeStored } from './decode-item';

type ReadObject = Readonly<{ text: string; metadata: Readonly<Record<string, string>>; lastModified: string }>;

/** Without s3:ListBucket a missing key answers 403, not 404: the roles that read objects have it for that reason. */
export const readObject = (
  client: S3Client,
  bucket: string,
  store: string,
  key: string,
): TE.TaskEither<ReadFailure, ReadObject> =>
  TE.tryCatch(
    async () => {
      const {
        Body,
        Metadata = {},
        LastModified,
      } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return {
        text: (await Body?.transformToString('utf-8')) ?? '',
        metadata: Metadata,
        lastModified: (LastModified ?? new Date(0)).toISOString(),
      };
    },
    (error): ReadFailure => (error instanceof NoSuchKey ? { kind: 'missing' } : unavailable(store)(error)),
  );

/** People's editors put a byte order mark before what they save as UTF-8; it may be ignored (RFC 8259 §8.1). */
export const decodeJsonObject = (store: string, text: string): E.Either<StoreFailure, Record<string, unknown>> =>
  pipe(
    parseJson(text.replace(/^\uFEFF/, '')),
    E.mapLeft((problem): StoreFailure => ({ kind: 'unreadable', store, paths: [problem] })),
    E.flatMap(decodeStored(t.UnknownRecord, store)),
  );
