import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { eventId } from '../lead/event-id';
import { eventIdText } from '../lead/event-id-text';
import { eventTime } from '../lead/event-time';
import { instant } from '../codecs/instant';
import { writeJson } from '../codecs/json-text';
import { ingestSource, leadEventFrom, sourceOf } from '../sources/payloads/lead-payload';
import { leadNamespace } from '../lead/lead-namespace';
import type { RawKey } from '../lead/raw-key';
import type { RawTaken } from '../ports/raw-taken';
import type { ReadFailure } from '../ports/read-failure';
import type { RawEvent, RecordedEvent } from '../lead/recorded-event';
import { secretFilter } from '../codecs/secret-filter';
import { secretTextsIn, withoutSecret, withoutVolatile } from '../sources/sent-payload';
import { type StoreFailure, unavailable, unreadable } from '../ports/store-failure';
import { problemText } from '../codecs/validation-problem';
import { decodeJsonObject, readObject } from './json-objects';

/** How often a write is tried that meets another one, or an object that is gone when it is looked at. */
const tries = 3;

/**
 * Keeps what the sender sent, once: `If-None-Match: *` makes a second write fail with 412, so that an event whose retries
 * were formatted differently keeps its first bytes. Then the object's metadata say whether it is this event's own, which is success: an
 * earlier attempt wrote it, or this one, and its answer got lost.
 * 409 means that two such writes met; the SDK does not retry it
 * (Amazon S3 User Guide, "How to prevent object overwrites with conditional writes").
 */
export const storeRaw = (
  client: S3Client,
  bucket: string,
): ((record: RecordedEvent) => TE.TaskEither<StoreFailure | RawTaken, void>) => {
  const attempt = (record: RecordedEvent, left: number): TE.TaskEither<StoreFailure | RawTaken, void> =>
    pipe(
      put(client, bucket)(record),
      TE.orElse((error) => {
        const again = left > 1 ? attempt(record, left - 1) : TE.left(unavailable('raw')(error));
        switch (statusOf(error)) {
          case 412:
            return pipe(
              lookAt(client, bucket)(record),
              TE.flatMap((found): TE.TaskEither<StoreFailure | RawTaken, void> => {
                switch (found) {
                  case 'own':
                    return TE.right(undefined);
                  case 'foreign':
                    return TE.left({ kind: 'raw-taken', s3_key: record.s3Key });
                  case 'gone':
                    return again;
                }
              }),
            );
          case 409:
            return again;
          default:
            return TE.left(unavailable('raw')(error));
        }
      }),
    );
  return (record) => attempt(record, tries);
};

const put =
  (client: S3Client, bucket: string) =>
  ({ event, namespace, eventId: id, s3Key, receivedAt, eventTime: happenedAt, correlationId }: RecordedEvent) =>
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
                'lead-id': encodeURIComponent(event.lead_id),
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
    );

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/** Whose object lies under the key of an event. An object without an id in its metadata was not written by Leadline. */
const lookAt =
  (client: S3Client, bucket: string) =>
  ({ event, eventId: id, s3Key }: RecordedEvent): TE.TaskEither<StoreFailure, 'own' | 'foreign' | 'gone'> =>
    pipe(
      readObject(client, bucket, 'raw', s3Key),
      TE.map(({ text, metadata }) =>
        metadata['event-id'] === id && (decoded(metadata['lead-id']) ?? leadIn(text)) === event.lead_id
          ? ('own' as const)
          : ('foreign' as const),
      ),
      TE.orElse((failure) => {
        if (failure.kind === 'unreadable') return TE.right('foreign' as const);
        // Without s3:ListBucket, which ingestion lacks, S3 answers 403 for an object that is not there.
        return failure.kind === 'missing' || failure.cause === 'AccessDenied'
          ? TE.right('gone' as const)
          : TE.left(failure);
      }),
    );

/** An earlier version did not write the lead's id into the metadata. */
const leadIn = (text: string): unknown =>
  pipe(
    decodeJsonObject('raw', text),
    E.match(
      () => undefined,
      ({ lead_id }) => lead_id,
    ),
  );

/** How far the clocks of Lambda and S3 may differ, with the whole seconds of `LastModified`. In milliseconds. */
const clockToleranceMs = 6_000;

/**
 * Reads a raw payload back as the event it is. What its metadata say counts only within limits, because a person may have written them:
 * - the event's id has 1 to 128 printable ASCII characters, else the id is computed from the content, as for an object without
 *   metadata: as the same lead would be over HTTP, but for the volatile fields of its source's settings, which are not read here;
 * - the source has 1 to 64 characters, else the payload says it;
 * - the event was not received after the object was written, nor did it happen after it was received; else the time of the write counts.
 */
export const readRaw =
  (client: S3Client, bucket: string) =>
  (key: RawKey): TE.TaskEither<ReadFailure, RawEvent> =>
    pipe(
      readObject(client, bucket, 'raw', key),
      TE.flatMapEither(({ text, metadata, lastModified }) =>
        pipe(
          decodeJsonObject('raw', text),
          E.map((payload) => secretFilter(secretTextsIn(payload)).takenFrom(withoutSecret(payload)) as typeof payload),
          E.flatMap((payload) => {
            const [likely, ...others] = sourcesOf(metadata, payload);
            return pipe(
              others.reduce(
                (read, source) =>
                  pipe(
                    read,
                    E.alt(() => leadEventFrom(source)(payload)),
                  ),
                leadEventFrom(likely)(payload),
              ),
              E.bimap(
                (problems) => unreadable('raw', ...problems.map(problemText)),
                (event): RawEvent => {
                  const latest = new Date(Date.parse(lastModified) + clockToleranceMs).toISOString();
                  const receivedAt = instantUpTo(latest, metadata['received-at']) ?? lastModified;
                  const named = metadata['event-id'];
                  return {
                    event,
                    namespace: namespaceIn(metadata.namespace) ?? event.source,
                    eventId: eventIdText.is(named) ? named : eventId(event.source, withoutVolatile(payload)),
                    labelled: eventIdText.is(named),
                    s3Key: key,
                    receivedAt,
                    eventTime:
                      instantUpTo(receivedAt, metadata['event-time']) ?? eventTime(event, new Date(receivedAt)),
                    correlationId: eventIdText.is(metadata['correlation-id']) ? metadata['correlation-id'] : '',
                  };
                },
              ),
            );
          }),
        ),
      ),
    );

/** The sources that an object may be of, the likeliest first: any `POST /ingest` may have a field `webhook_id`. */
const sourcesOf = (metadata: Readonly<Record<string, string>>, payload: Readonly<Record<string, unknown>>) => {
  const said = decoded(metadata.source) ?? '';
  const inPayload = [sourceOf(payload), ingestSource] as const;
  return said.length >= 1 && said.length <= 64 ? ([said, ...inPayload] as const) : inPayload;
};

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

/** A moment, unless the text is none or is later than `latest`. */
const instantUpTo = (latest: string, text: string | undefined): string | undefined =>
  pipe(
    instant.decode(text),
    E.match(
      () => undefined,
      (moment) => (moment <= latest ? moment : undefined),
    ),
  );
