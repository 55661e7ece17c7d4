import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { instant } from '../codecs/instant';
import { eventIdText } from '../lead/event-id-text';
import { leadId, type LeadId } from '../lead/lead-id';
import { leadNamespace } from '../lead/lead-namespace';
import { mappedFields, type MappedFields } from '../lead/mapped-fields';
import type { RecordedEvent } from '../lead/recorded-event';

/** The user-defined metadata of an object, as the SDK returns them. */
type Metadata = Readonly<Record<string, string>>;

/**
 * The metadata of a raw object. Metadata are HTTP headers, which have only US-ASCII characters (Amazon S3 User Guide,
 * "Working with object metadata"), so that what may have others is percent-encoded.
 */
export const metadataOf = (record: RecordedEvent): Record<string, string> => {
  const metadata = {
    source: encodeURIComponent(record.event.source),
    namespace: encodeURIComponent(record.namespace),
    'lead-id': encodeURIComponent(record.event.lead_id),
    'event-id': record.eventId,
    'received-at': record.receivedAt,
    'event-time': record.eventTime,
    'correlation-id': record.correlationId,
  };
  if (record.mapped === undefined) return metadata;
  const whole = { ...metadata, mapped: asBase64(record.mapped) };
  return sizeOf(whole) <= maxBytes ? whole : { ...metadata, mapped: onlyInRecord };
};

/** What a mapping read did not fit. No base64 of JSON begins with it, because JSON of an object begins with `{`. */
const onlyInRecord = 'record';

/** The limit of S3 for the names and values of all user-defined metadata of an object. */
const maxBytes = 2048;

const sizeOf = (metadata: Metadata): number =>
  Object.entries(metadata).reduce((size, [name, value]) => size + name.length + value.length, 0);

/** What a mapping read is also in the event's record, which counts. In the metadata it survives the loss of the table. */
const asBase64 = (mapped: MappedFields): string => Buffer.from(JSON.stringify(mapped)).toString('base64url');

const mappedIn = (text: string | undefined): RawMetadata['mapped'] => {
  if (text === undefined || text === onlyInRecord) return text;
  return pipe(
    E.tryCatch(
      (): unknown => JSON.parse(Buffer.from(text, 'base64url').toString()),
      () => undefined,
    ),
    E.flatMap((json) => mappedFields.decode(json)),
    E.getOrElseW(() => undefined),
  );
};

/**
 * What the metadata of a raw object say. A person may have written them, so that a value outside these limits is
 * `undefined`:
 *
 * - the id of the event, and the correlation id, have 1 to 128 printable ASCII characters;
 * - the source has 1 to 64 characters;
 * - the namespace is a valid namespace;
 * - the event was not received after the object was written;
 * - the event did not happen after it was received.
 */
export type RawMetadata = Readonly<{
  eventId: string | undefined;
  correlationId: string | undefined;
  source: string | undefined;
  namespace: string | undefined;
  leadId: LeadId | undefined;
  /** What the mapping of the source read. `record`: it did not fit, so that only the record of the event has it. */
  mapped: MappedFields | 'record' | undefined;
  /** An instant in UTC; if the metadata do not say it, the time when the object was written. */
  receivedAt: string;
  /** An instant in UTC. */
  eventTime: string | undefined;
}>;

/** Allows for clocks of Lambda and S3 that differ, and for `LastModified`, which has whole seconds. In milliseconds. */
const clockToleranceMs = 6_000;

/** @param lastModified when the object was written, an instant in UTC */
export const metadataFrom = (metadata: Metadata, lastModified: string): RawMetadata => {
  const latest = new Date(Date.parse(lastModified) + clockToleranceMs).toISOString();
  const receivedAt = instantUpTo(latest, metadata['received-at']) ?? lastModified;
  return {
    eventId: idIn(metadata['event-id']),
    correlationId: idIn(metadata['correlation-id']),
    source: sourceIn(metadata.source),
    namespace: namespaceIn(metadata.namespace),
    leadId: validLeadIdIn(metadata),
    mapped: mappedIn(metadata.mapped),
    receivedAt,
    eventTime: instantUpTo(receivedAt, metadata['event-time']),
  };
};

/** The lead id that the metadata say, unchecked. Objects of an earlier version do not have it. */
export const leadIdIn = (metadata: Metadata): string | undefined => decoded(metadata['lead-id']);

const validLeadIdIn = (metadata: Metadata): LeadId | undefined => {
  const id = leadIdIn(metadata);
  return leadId.is(id) ? id : undefined;
};

const idIn = (text: string | undefined): string | undefined => (eventIdText.is(text) ? text : undefined);

const sourceIn = (text: string | undefined): string | undefined => {
  const source = decoded(text) ?? '';
  return source.length >= 1 && source.length <= 64 ? source : undefined;
};

const namespaceIn = (text: string | undefined): string | undefined =>
  pipe(
    leadNamespace.decode(decoded(text)),
    E.getOrElseW(() => undefined),
  );

/** A text that is not percent-encoded is what it is. */
const decoded = (text: string | undefined): string | undefined => {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** `undefined` if the text is no instant, or one after `latest`. */
const instantUpTo = (latest: string, text: string | undefined): string | undefined =>
  pipe(
    instant.decode(text),
    E.match(
      () => undefined,
      (moment) => (moment <= latest ? moment : undefined),
    ),
  );
