import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { writeJson } from '../codecs/json-text';
import type { RecordedEvent } from '../lead/recorded-event';
import type { RawTaken } from '../ports/raw-taken';
import type { ReadFailure } from '../ports/read-failure';
import type { StoreFailure } from '../ports/store-failure';
import { call, type Expect } from './call';
import { decodeJsonObject, readObject, type TextObject } from './json-objects';
import { leadIdIn, metadataOf } from './raw-metadata';

type Stored = TE.TaskEither<StoreFailure | RawTaken, void>;

/** How many times a write is tried that meets another write, or an object that is gone when it is read. */
const tries = 3;

/**
 * Stores the raw payload of an event, once. `If-None-Match: *` makes a second write fail with 412, so that the first
 * bytes stay if a retry of the sender has other white space. Then the object that exists decides:
 *
 * - the object of this event is success: an earlier attempt wrote it, or this one did and its response was lost;
 * - any other object is `raw-taken`.
 *
 * S3 answers 409 if two such writes meet, and the SDK does not retry it (Amazon S3 User Guide, "How to prevent object
 * overwrites with conditional writes").
 */
export const storeRaw = (client: S3Client, bucket: string): ((record: RecordedEvent) => Stored) => {
  const attempt = (record: RecordedEvent, left: number): Stored => {
    const again = (failure: StoreFailure): Stored => (left > 1 ? attempt(record, left - 1) : TE.left(failure));
    const byExisting = (failure: StoreFailure): Stored =>
      pipe(
        readExisting(client, bucket, record),
        TE.flatMap((existing): Stored => {
          switch (existing) {
            case 'own':
              return TE.right(undefined);
            case 'foreign':
              return TE.left({ kind: 'raw-taken', s3_key: record.s3Key });
            case 'gone':
              return again(failure);
          }
        }),
      );
    return pipe(
      put(client, bucket, record),
      TE.orElse((refusal): Stored => {
        switch (refusal.kind) {
          case 'exists':
            return byExisting(refusal.failure);
          case 'conflict':
            return again(refusal.failure);
          default:
            return TE.left(refusal);
        }
      }),
    );
  };
  return (record) => attempt(record, tries);
};

/** S3 refused a write with `If-None-Match`: there is an object, or another such write is under way. */
type NotPut = Readonly<{ kind: 'exists' | 'conflict'; failure: StoreFailure }>;

const notPut: Expect<NotPut> = (error, failure) => {
  switch (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined) {
    case 412:
      return { kind: 'exists', failure };
    case 409:
      return { kind: 'conflict', failure };
    default:
      return undefined;
  }
};

const put = (client: S3Client, bucket: string, record: RecordedEvent): TE.TaskEither<StoreFailure | NotPut, void> =>
  pipe(
    call(
      'raw',
      () =>
        client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: record.s3Key,
            Body: writeJson(record.event.payload),
            ContentType: 'application/json',
            IfNoneMatch: '*',
            Metadata: metadataOf(record),
          }),
        ),
      notPut,
    ),
    TE.asUnit,
  );

/** Whose object has the key of an event. */
type Existing = 'own' | 'foreign' | 'gone';

const readExisting = (client: S3Client, bucket: string, record: RecordedEvent): TE.TaskEither<StoreFailure, Existing> =>
  pipe(
    readObject(client, bucket, 'raw', record.s3Key),
    TE.map((object): Existing => (isOf(record, object) ? 'own' : 'foreign')),
    TE.orElse(existingFrom),
  );

/** Leadline writes the id of the event into the metadata. An object without it is of another writer. */
const isOf = ({ event, eventId }: RecordedEvent, { metadata, text }: TextObject): boolean =>
  metadata['event-id'] === eventId && (leadIdIn(metadata) ?? leadIdOfPayload(text)) === event.lead_id;

/** Objects of an earlier version do not have the id of the lead in their metadata. */
const leadIdOfPayload = (text: string): unknown =>
  pipe(
    decodeJsonObject('raw', text),
    E.match(
      () => undefined,
      ({ lead_id }) => lead_id,
    ),
  );

/** Ingestion has no `s3:ListBucket`, so that S3 answers 403 for an object that does not exist. */
const existingFrom = (failure: ReadFailure): TE.TaskEither<StoreFailure, Existing> => {
  switch (failure.kind) {
    case 'unreadable':
      return TE.right('foreign');
    case 'missing':
      return TE.right('gone');
    case 'unavailable':
      return failure.cause === 'AccessDenied' ? TE.right('gone') : TE.left(failure);
  }
};
