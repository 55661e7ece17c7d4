import type { S3Client } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { secretFilter } from '../codecs/secret-filter';
import { problemText } from '../codecs/validation-problem';
import { eventId } from '../lead/event-id';
import { eventTime } from '../lead/event-time';
import type { LeadEvent } from '../lead/lead-event';
import type { RawKey } from '../lead/raw-key';
import type { RawEvent } from '../lead/recorded-event';
import type { ReadFailure } from '../ports/read-failure';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { ingestSource, leadEventFrom, sourceOf } from '../sources/payloads/lead-payload';
import { secretTextsIn, withoutSecret, withoutVolatile } from '../sources/sent-payload';
import { decodeJsonObject, readObject, type TextObject } from './json-objects';
import { metadataFrom, type RawMetadata } from './raw-metadata';

type Payload = Record<string, unknown>;

/**
 * Reads a raw object as an event. The metadata decide, within their limits (`RawMetadata`). What they do not say comes
 * from the payload, as ingestion would read it, except that the volatile fields of the source's settings are unknown
 * here.
 */
export const readRaw =
  (client: S3Client, bucket: string) =>
  (key: RawKey): TE.TaskEither<ReadFailure, RawEvent> =>
    pipe(
      readObject(client, bucket, 'raw', key),
      TE.flatMapEither((object) => eventFrom(key, object)),
    );

const eventFrom = (key: RawKey, { text, metadata, lastModified }: TextObject): E.Either<StoreFailure, RawEvent> => {
  const said = metadataFrom(metadata, lastModified);
  return pipe(
    decodeJsonObject('raw', text),
    E.map(withoutSecrets),
    E.flatMap((payload) => leadEventOf(sourcesOf(said, payload), payload)),
    E.map((event) => rawEvent(key, event, said)),
  );
};

/** A person who puts an object into the bucket may leave a secret in it. */
const withoutSecrets = (payload: Payload): Payload =>
  secretFilter(secretTextsIn(payload)).takenFrom(withoutSecret(payload)) as Payload;

type Sources = readonly [string, ...string[]];

/**
 * The sources that an object may be of, the most likely first. `POST /ingest` accepts a field `webhook_id`, so that the
 * field does not prove the source.
 */
const sourcesOf = ({ source }: RawMetadata, payload: Payload): Sources => {
  const inPayload = [sourceOf(payload), ingestSource] as const;
  return source === undefined ? inPayload : [source, ...inPayload];
};

/** Reads the payload as an event of the first source for which it is valid. */
const leadEventOf = ([likely, ...others]: Sources, payload: Payload): E.Either<StoreFailure, LeadEvent> =>
  pipe(
    others.reduce(
      (read, source) => (E.isRight(read) ? read : leadEventFrom(source)(payload)),
      leadEventFrom(likely)(payload),
    ),
    E.mapLeft((problems) => unreadable('raw', ...problems.map(problemText))),
  );

const rawEvent = (key: RawKey, event: LeadEvent, said: RawMetadata): RawEvent => ({
  event,
  namespace: said.namespace ?? event.source,
  eventId: said.eventId ?? eventId(event.source, withoutVolatile(event.payload)),
  labelled: said.eventId !== undefined,
  s3Key: key,
  receivedAt: said.receivedAt,
  eventTime: said.eventTime ?? eventTime(event, new Date(said.receivedAt)),
  correlationId: said.correlationId ?? '',
});
