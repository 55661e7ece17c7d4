import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { instant } from '../codecs/instant';
import { eventIdText } from '../lead/event-id-text';
import { leadNamespace } from '../lead/lead-namespace';
import type { RecordedEvent } from '../lead/recorded-event';

/** The user-defined metadata of an object, as the SDK returns them. */
type Metadata = Readonly<Record<string, string>>;

/**
 * The metadata of a raw object. Metadata are HTTP headers, which have only US-ASCII characters (Amazon S3 User Guide,
 * "Working with object metadata"), so that what may have others is percent-encoded.
 */
export const metadataOf = (record: RecordedEvent): Record<string, string> => ({
  source: encodeURIComponent(record.event.source),
  namespace: encodeURIComponent(record.namespace),
  'lead-id': encodeURIComponent(record.event.lead_id),
  'event-id': record.eventId,
  'received-at': record.receivedAt,
  'event-time': record.eventTime,
  'correlation-id': record.correlationId,
});

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
    receivedAt,
    eventTime: instantUpTo(receivedAt, metadata['event-time']),
  };
};

/** The lead id that the metadata say, unchecked. Objects of an earlier version do not have it. */
export const leadIdIn = (metadata: Metadata): string | undefined => decoded(metadata['lead-id']);

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
