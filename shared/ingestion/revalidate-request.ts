import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { jsonObject } from '../codecs/json-object';
import { credentialTexts } from '../sources/auth';
import { parseBody, type ParsedBody } from '../sources/payloads/parse-body';
import { bodyFormatOf, type PayloadSettings } from '../sources/payloads/payload-settings';
import { readKeptLead, readLeads, type Reading, remapLead } from '../sources/payloads/read-leads';
import { withoutSecretFields } from '../sources/sent-payload';
import type { Source } from '../sources/source';
import type { QuarantinedObject } from '../stored/quarantined-object';
import { bodyProblems } from '../sources/payloads/body-problems';
import type { IngestFailure, IngestPorts } from './ingest-lead';
import { ingestReadings, type LeadOutcome } from './ingest-readings';
import type { Sender } from './sender';

/**
 * Reads a quarantined request with the present settings of its source, and ingests each lead that is valid, as if the
 * request were received now. The event of a lead gets the id that it would have if its sender sent it again, so that
 * both are one event. A lead that does not say when it happened has the time of its first receipt: it must not overwrite
 * what its sender has sent since.
 *
 * @param sentAt when the request was first received
 * @returns an outcome for each lead; nothing if the settings find no lead in the request
 */
export const revalidateRequest =
  (ports: IngestPorts, now: () => Date) =>
  (source: Source, request: QuarantinedObject, sentAt: Date): TE.TaskEither<IngestFailure, readonly LeadOutcome[]> => {
    const readings = readingsOf(source.payload, request);
    return E.isLeft(readings)
      ? TE.right([readings.left])
      : ingestReadings<never>(
          ports,
          senderOf(source, request),
          { receivedAt: now(), sentAt, correlationId: request.correlation_id },
          readings.right,
          (_, problems) => TE.right({ kind: 'rejected', problems }),
        );
  };

const readingsOf = (payload: PayloadSettings, request: QuarantinedObject): E.Either<LeadOutcome, readonly Reading[]> =>
  pipe(
    bodyOf(payload, request),
    E.mapLeft((problem): LeadOutcome => ({ kind: 'rejected', problems: bodyProblems(problem) })),
    E.map((body) => (request.kind === 'lead' ? leadIn(payload, request, body) : leadsIn(payload, request, body))),
  );

const leadsIn = (payload: PayloadSettings, { source }: QuarantinedObject, body: unknown): readonly Reading[] =>
  readLeads(source, payload)(withoutSecretFields(body));

const leadIn = (payload: PayloadSettings, request: QuarantinedObject, body: unknown): readonly Reading[] => {
  if (!jsonObject.is(body)) return [];
  const { source, origin } = request;
  if (origin !== undefined) return readKeptLead(source, payload)(body, origin);
  const lead = remapLead(source, payload)(body);
  return lead === undefined ? [] : [byContent(lead)];
};

/**
 * An object of an earlier version does not say what the other leads of its body were. By its content alone, the lead is
 * certainly no event of another one.
 */
const byContent = (lead: Reading): Reading => ({
  ...lead,
  identity: { kind: 'content', content: lead.identity.content },
});

/** `POST /webhook` and `POST /ingest` accept JSON also from a source whose format is `form`. */
const bodyOf = (payload: PayloadSettings, { kind, content_type, body_base64 }: QuarantinedObject): ParsedBody => {
  const bytes = Buffer.from(body_base64, 'base64');
  if (kind === 'lead') return parseBody('json', 'application/json', bytes);
  const asConfigured = parseBody(bodyFormatOf(payload), content_type, bytes);
  return pipe(
    asConfigured,
    E.orElse(() => parseBody('json', content_type, bytes)),
    E.orElse(() => asConfigured),
  );
};

/** What a sender presented is not kept. The secrets of the source are removed again, because there may be new ones. */
const senderOf = ({ auth, payload, lead_namespace }: Source, { source, method, url }: QuarantinedObject): Sender => ({
  sourceId: source,
  leadNamespace: lead_namespace ?? source,
  payload,
  onInvalid: 'reject',
  secrets: credentialTexts(auth, { request: { method, url, headers: {}, body: new Uint8Array() }, body: undefined }),
});
