import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { eventId } from '../hashing/event-id';
import { eventTime } from '../lead/event-time';
import { instant } from '../lead/instant';
import { writeJson } from '../lead/json-text';
import { leadEventFrom, sourceOf } from '../lead/lead-payload';
import { leadNamespace } from '../lead/lead-namespace';
import type { RawKey } from '../lead/raw-key';
import type { ReadFailure } from '../lead/read-failure';
import type { RecordedEvent } from '../lead/recorded-event';
import { withoutSecret, withoutVolatile } from '../lead/sent-payload';
import { type StoreFailure, unavailable, unreadable } from '../lead/store-failure';
import { problemText } from '../lead/validation-problem';
import { decodeJsonObject, readObject } from './json-objects';

/**
 * Keeps what the sender sent, once: `If-None-Match: *` makes a second write fail with 412, so that an event whose retries
 * were formatted differently keeps its first bytes. 409 means that two such writes met; the SDK does not retry it
 * (Amazon S3 User Guide, "How to prevent object overwrites with conditional writes").
 */
export const storeRaw =
  (client: S3Client, bucket: string) =>
  ({
    event,
    namespace,
    eventId: id,
    s3Key,
    receivedAt,
    eventTime: happenedAt,
    correlationId,
  }: RecordedEvent): TE.TaskEither<StoreFailure, void> =>
    pipe(
      TE.tryCatch(
        () =>
          client.send(
            new PutObjectCommand({
              Bucket: bucket,
              Key: s3Key,
              Body: writeJson(event.payload),
              ContentType: 'application/json',
              IfNoneMatch: '*',
              Metadata: {
                source: encodeURIComponent(event.source),
                namespace: encodeURIComponent(namespace),
                'event-id': id,
                'received-at': receivedAt,
                'event-time': happenedAt,
                'correlation-id': correlationId,
              },
            }),
          ),
        (error) => error,
      ),
      TE.asUnit,
      TE.orElse((error) =>
        TE.fromEither(
          error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412
            ? E.right(undefined)
            : E.left(unavailable('raw')(error)),
        ),
      ),
    );

/**
 * Reads a raw payload back as the event it is. One that was put there by hand has no metadata: it is known by its content, as
 * the same lead would be over HTTP, but for the volatile fields of its source's settings, which are not read here.
 */
export const readRaw =
  (client: S3Client, bucket: string) =>
  (key: RawKey): TE.TaskEither<ReadFailure, RecordedEvent> =>
    pipe(
      readObject(client, bucket, 'raw', key),
      TE.flatMapEither(({ text, metadata, lastModified }) =>
        pipe(
          decodeJsonObject('raw', text),
          E.map(withoutSecret),
          E.flatMap((payload) => {
            const source = decoded(metadata.source) ?? sourceOf(payload);
            return pipe(
              leadEventFrom(source)(payload),
              E.bimap(
                (problems) => unreadable('raw', ...problems.map(problemText)),
                (event): RecordedEvent => {
                  const receivedAt = instantIn(metadata['received-at']) ?? lastModified;
                  return {
                    event,
                    namespace: namespaceIn(metadata.namespace) ?? source,
                    eventId: metadata['event-id'] ?? eventId(source, withoutVolatile(payload)),
                    s3Key: key,
                    receivedAt,
                    eventTime: instantIn(metadata['event-time']) ?? eventTime(event, new Date(receivedAt)),
                    correlationId: metadata['correlation-id'] ?? '',
                  };
                },
              ),
            );
          }),
        ),
      ),
    );

/** Metadata are HTTP headers, which hold no more than US-ASCII (Amazon S3 User Guide, "Working with object metadata"). */
const decoded = (text: string | undefined): string | undefined => {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** As what it is absent, so is what could be no namespace: a person may have written it. */
const namespaceIn = (text: string | undefined): string | undefined =>
  pipe(
    leadNamespace.decode(decoded(text)),
    E.getOrElseW(() => undefined),
  );

/** Metadata that a person wrote may say anything: what is no moment is as good as absent. */
const instantIn = (text: string | undefined): string | undefined =>
  pipe(
    instant.decode(text),
    E.getOrElseW(() => undefined),
  );
