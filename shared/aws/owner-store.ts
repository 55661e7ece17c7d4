import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { leadId, type LeadId } from '../lead/lead-id';
import { orThrow } from '../operations/or-throw';
import type { CheckedOwner, OwnerFiles, OwnerKeys, StoredOwner } from '../operations/owners/owner-files';
import type { StoreFailure } from '../ports/store-failure';
import { call } from './call';
import { bytesOf, maxBytes, textFrom } from './json-objects';
import { ownerFileKey, ownerIn } from './owner-files';

/** The lookup bucket, for operators. EnrichmentFunction reads the same files by `readOwner`. */
export const ownerStore = (client: S3Client, bucket: string): OwnerFiles => ({
  check: (bytes) => checkedOwner(bytes.byteLength > maxBytes ? 'too-large' : bytes),
  read: (id) =>
    orThrow(
      pipe(
        call(
          'owners',
          async (): Promise<StoredOwner> => {
            const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: ownerFileKey(id) }));
            return { ...checkedOwner(await bytesOf(object)), version: object.ETag ?? '' };
          },
          (error) => (error instanceof NoSuchKey ? ('missing' as const) : undefined),
        ),
        TE.orElse(orExpected<StoredOwner>({ kind: 'missing' })),
      ),
    ),
  write: (id, body, before) =>
    orThrow(
      pipe(
        call(
          'owners',
          async (): Promise<'written' | 'changed'> => {
            await client.send(
              new PutObjectCommand({
                Bucket: bucket,
                Key: ownerFileKey(id),
                Body: body,
                ContentType: 'application/json',
                ...(before.kind === 'missing' ? { IfNoneMatch: '*' } : { IfMatch: before.version }),
              }),
            );
            return 'written';
          },
          (error) => (isChanged(error) ? ('changed' as const) : undefined),
        ),
        TE.orElse(orExpected<'written' | 'changed'>('changed')),
      ),
    ),
  keys: (after) => keysAfter(client, bucket, after),
});

/** The expected failure is a text, and becomes a result. */
const orExpected =
  <A>(instead: A) =>
  (failure: StoreFailure | string): TE.TaskEither<StoreFailure, A> =>
    typeof failure === 'string' ? TE.right(instead) : TE.left(failure);

/**
 * S3 answers 412 if the condition of a write does not hold, 404 if it names a version of an object that was deleted, and
 * 409 if another write of the object ends at the same time
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
 */
const isChanged = (error: unknown): boolean =>
  error instanceof S3ServiceException &&
  (['PreconditionFailed', 'ConditionalRequestConflict'].includes(error.name) || error instanceof NoSuchKey);

const checkedOwner = (bytes: Uint8Array | 'too-large' | undefined): CheckedOwner =>
  pipe(
    textFrom('owner', bytes),
    E.flatMap(ownerIn),
    E.match(
      (failure): CheckedOwner => ({
        kind: 'invalid',
        problems: failure.kind === 'unreadable' ? failure.paths : [failure.cause],
      }),
      (owner) => ({ kind: 'valid', owner }),
    ),
  );

async function* keysAfter(client: S3Client, bucket: string, after: string | undefined): AsyncGenerator<OwnerKeys> {
  let token: string | undefined;
  do {
    const list = new ListObjectsV2Command({
      Bucket: bucket,
      ...(token === undefined ? {} : { ContinuationToken: token }),
      // `.json` sorts before most characters of an id, so that the key itself is the place to go on.
      ...(after === undefined || token !== undefined ? {} : { StartAfter: `${after}.json` }),
    });
    const { Contents = [], NextContinuationToken } = await orThrow(call('owners', () => client.send(list)));
    yield keysIn(Contents.map(({ Key = '' }) => Key));
    token = NextContinuationToken;
  } while (token !== undefined);
}

const keysIn = (keys: readonly string[]): OwnerKeys => {
  const idOf = (key: string): LeadId | undefined => {
    const id = key.replace(/\.json$/, '');
    return key.endsWith('.json') && leadId.is(id) ? id : undefined;
  };
  return {
    leadIds: keys.flatMap((key) => idOf(key) ?? []),
    others: keys.filter((key) => idOf(key) === undefined),
  };
};
