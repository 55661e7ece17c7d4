import { GetObjectCommand, type GetObjectCommandOutput, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { Readable } from 'node:stream';
import { jsonObject } from '../codecs/json-object';
import { jsonProblemText } from '../codecs/exact-json';
import { parseJson } from '../codecs/json-text';
import type { ReadFailure } from '../ports/read-failure';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { call, type Expect } from './call';
import { decodeStored } from './decode-item';

/** An object of UTF-8 text. `lastModified` is an instant in UTC. */
export type TextObject = Readonly<{
  text: string;
  metadata: Readonly<Record<string, string>>;
  lastModified: string;
}>;

/**
 * The longest object that is read. It is more than the longest body of a sender becomes when its numbers are written
 * again: `1e20` grows to 21 digits.
 */
export const maxBytes = 2 * 1024 * 1024;

const missing: Expect<Extract<ReadFailure, { kind: 'missing' }>> = (error) =>
  error instanceof NoSuchKey ? { kind: 'missing' } : undefined;

/**
 * Reads an object of UTF-8 text. The body of an object of more than 2 MiB is not read.
 *
 * S3 answers 403 instead of 404 for a missing key if the role has no `s3:ListBucket`. The roles that read objects have
 * it, so that a missing key is `missing`.
 *
 * @param store the name of the bucket in a failure
 */
export const readObject = (
  client: S3Client,
  bucket: string,
  store: string,
  key: string,
): TE.TaskEither<ReadFailure, TextObject> =>
  pipe(
    call(
      store,
      async () => {
        const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const { Metadata: metadata = {}, LastModified = new Date(0) } = object;
        return { bytes: await bytesOf(object), metadata, lastModified: LastModified.toISOString() };
      },
      missing,
    ),
    TE.flatMapEither(({ bytes, ...rest }) =>
      pipe(
        textFrom(store, bytes),
        E.map((text) => ({ ...rest, text })),
      ),
    ),
  );

/** The bytes of an object, or `too-large` if it has more than 2 MiB: then they are not read. */
export const bytesOf = async ({
  Body,
  ContentLength = 0,
}: GetObjectCommandOutput): Promise<Uint8Array | 'too-large' | undefined> => {
  if (ContentLength <= maxBytes) return Body?.transformToByteArray();
  // An unread body would keep its connection open.
  if (Body instanceof Readable) Body.destroy();
  return 'too-large';
};

/**
 * The text of an object.
 *
 * @param store the name of the store in a failure
 * @param bytes or `too-large`, if the object was not read because it has more than 2 MiB
 */
export const textFrom = (store: string, bytes: Uint8Array | 'too-large' | undefined): E.Either<StoreFailure, string> =>
  bytes === 'too-large'
    ? E.left(unreadable(store, `must have ${maxBytes} bytes at most`))
    : E.tryCatch(
        () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
        () => unreadable(store, 'must be UTF-8'),
      );

/**
 * Decodes the text of a stored JSON object. A byte order mark at its start is ignored (RFC 8259 §8.1), because some
 * editors write one.
 *
 * @param store the name of the store in a failure
 */
export const decodeJsonObject = (store: string, text: string): E.Either<StoreFailure, Record<string, unknown>> =>
  pipe(
    parseJson(text.replace(/^\uFEFF/, '')),
    E.mapLeft((problem) => unreadable(store, jsonProblemText[problem])),
    E.flatMap(decodeStored(jsonObject, store)),
  );
