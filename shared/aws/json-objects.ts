import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { Readable } from 'node:stream';
import { jsonObject } from '../codecs/json-object';
import { jsonProblemText, parseJson } from '../codecs/json-text';
import type { ReadFailure } from '../ports/read-failure';
import { type StoreFailure, unavailable, unreadable } from '../ports/store-failure';
import { decodeStored } from './decode-item';

type ReadObject = Readonly<{ text: string; metadata: Readonly<Record<string, string>>; lastModified: string }>;

/** More than the longest body of a sender becomes where its numbers are written again: `1e20` grows to 21 digits. */
const maxBytes = 2 * 1024 * 1024;

/**
 * Reads an object of UTF-8 text; one that is no lead's nor owner's for its size is not read at all.
 * Without s3:ListBucket a missing key answers 403, not 404: the roles that read objects have it for that reason.
 */
export const readObject = (
  client: S3Client,
  bucket: string,
  store: string,
  key: string,
): TE.TaskEither<ReadFailure, ReadObject> =>
  pipe(
    TE.tryCatch(
      async () => {
        const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const { Body, ContentLength = 0, Metadata = {}, LastModified = new Date(0) } = object;
        const isTooLarge = ContentLength > maxBytes;
        // A body that nobody reads would keep its connection.
        if (isTooLarge && Body instanceof Readable) Body.destroy();
        const bytes = isTooLarge ? undefined : await Body?.transformToByteArray();
        return { isTooLarge, bytes, metadata: Metadata, lastModified: LastModified.toISOString() };
      },
      (error): ReadFailure => (error instanceof NoSuchKey ? { kind: 'missing' } : unavailable(store)(error)),
    ),
    TE.flatMapEither(({ isTooLarge, bytes, ...rest }) =>
      isTooLarge
        ? E.left(unreadable(store, `must have ${maxBytes} bytes at most`))
        : pipe(
            E.tryCatch(
              () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
              () => unreadable(store, 'must be UTF-8'),
            ),
            E.map((text) => ({ ...rest, text })),
          ),
    ),
  );

/** People's editors put a byte order mark before what they save as UTF-8; it may be ignored (RFC 8259 §8.1). */
export const decodeJsonObject = (store: string, text: string): E.Either<StoreFailure, Record<string, unknown>> =>
  pipe(
    parseJson(text.replace(/^\uFEFF/, '')),
    E.mapLeft((problem) => unreadable(store, jsonProblemText[problem])),
    E.flatMap(decodeStored(jsonObject, store)),
  );
