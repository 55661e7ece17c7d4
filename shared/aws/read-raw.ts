import type { S3Client } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { secretFilter } from '../codecs/secret-filter';
import { problemText, type ValidationProblem } from '../codecs/validation-problem';
import { eventId } from '../lead/event-id';
import { eventTime } from '../lead/event-time';
import type { LeadEvent } from '../lead/lead-event';
import type { RawKey } from '../lead/raw-key';
import type { RawEvent, UnreadRaw } from '../lead/recorded-event';
import type { ReadFailure } from '../ports/read-failure';
import type { StoreFailure } from '../ports/store-failure';
import { mappedEvent } from '../sources/event-as-recorded';
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
  (key: RawKey): TE.TaskEither<ReadFailure, RawEvent | UnreadRaw> =>
    pipe(
      readObject(client, bucket, 'raw', key),
      TE.flatMapEither((object) => eventFrom(key, object)),
    );

const eventFrom = (
  key: RawKey,
  { text, metadata, lastModified }: TextObject,
): E.Either<StoreFailure, RawEvent | UnreadRaw> => {
  const said = metadataFrom(metadata, lastModified);
  return pipe(
    decodeJsonObject('raw', text),
    E.map(withoutSecrets),
    E.map((payload) => rawFrom(key, payload, said)),
  );
};

/**
 * The metadata decide which lead the object is of. If the payload, read without a mapping, is another lead, the object
 * is of a source with a mapping, and what the mapping read is only in the record of the event.
 */
const rawFrom = (key: RawKey, payload: Payload, said: RawMetadata): RawEvent | UnreadRaw => {
  if (said.mapped === 'record') return unreadRaw(key, payload, said, [mappedProblem]);
  const read = leadEventOf(said, payload);
  if (E.isLeft(read)) return unreadRaw(key, payload, said, read.left.map(problemText));
  const { lead_id: otherLeadId } = read.right;
  return said.leadId === undefined || said.leadId === otherLeadId
    ? rawEvent(key, read.right, said)
    : { ...unreadRaw(key, payload, said, [mappedProblem]), otherLeadId };
};

const mappedProblem = 'what the mapping read is not in the metadata';

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

/** What a mapping read at ingestion counts. Without one, the first source counts for which the payload is valid. */
const leadEventOf = (said: RawMetadata, payload: Payload): E.Either<readonly ValidationProblem[], LeadEvent> => {
  const { source, leadId, mapped } = said;
  if (source !== undefined && leadId !== undefined && mapped !== undefined && mapped !== 'record')
    return E.right(mappedEvent(payload, { source, lead_id: leadId }, mapped));
  const [likely, ...others] = sourcesOf(said, payload);
  return others.reduce(
    (read, other) => (E.isRight(read) ? read : leadEventFrom(other)(payload)),
    leadEventFrom(likely)(payload),
  );
};

const rawEvent = (key: RawKey, event: LeadEvent, said: RawMetadata): RawEvent => ({
  ...saidOf(key, said),
  event,
  namespace: said.namespace ?? event.source,
  eventId: said.eventId ?? eventId(event.source, withoutVolatile(event.payload)),
  eventTime: said.eventTime ?? eventTime(event, new Date(said.receivedAt)),
  ...(said.mapped === undefined || said.mapped === 'record' ? {} : { mapped: said.mapped }),
});

const unreadRaw = (key: RawKey, payload: Payload, said: RawMetadata, problems: readonly string[]): UnreadRaw => ({
  ...saidOf(key, said),
  payload,
  eventId: said.eventId,
  leadId: said.leadId,
  source: said.source,
  namespace: said.namespace,
  eventTime: said.eventTime ?? said.receivedAt,
  problems,
});

const saidOf = (key: RawKey, { eventId: id, receivedAt, correlationId = '' }: RawMetadata) => ({
  labelled: id !== undefined,
  s3Key: key,
  receivedAt,
  correlationId,
});
