import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { eventId } from '../shared/hashing/event-id';
import { eventTime } from '../shared/lead/event-time';
import { jsonProblemText, parseJson } from '../shared/lead/json-text';
import { ingestSource, leadEventFrom } from '../shared/lead/lead-payload';
import { rawKeyOf } from '../shared/lead/raw-key';
import type { RecordedEvent } from '../shared/lead/recorded-event';
import { secretField, withoutSecret, withoutVolatile } from '../shared/lead/sent-payload';
import { validationProblems } from '../shared/lead/validation-problem';
import { authenticate, type ReadSources } from '../shared/sources/authenticate';
import type { Source } from '../shared/sources/source';
import { ingestLead, type IngestPorts, type Ingested } from './ingest-lead';
import type { Refusal } from './refusal';

/** What came in over HTTP: text that is still to be parsed, for one of our two routes. */
export type LeadRequest = Readonly<{
  route: 'ingest' | 'webhook';
  body: string;
  /** The secret of a sender that puts it in a header instead of the body. */
  secretHeader: string | undefined;
  correlationId: string;
}>;

export type ReceivePorts = IngestPorts &
  Readonly<{
    readSources: ReadSources;
    now: () => Date;
    /** OPEN takes `POST /ingest` from anybody: for development only. */
    ingestAuth: 'SECRET' | 'OPEN';
  }>;

type Body = Readonly<Record<string, unknown>>;

/**
 * Takes a lead from a request. Who the caller is gets decided before whether the body is a lead, so that a stranger
 * learns nothing about what we take.
 */
export const receiveLead =
  (ports: ReceivePorts) =>
  (request: LeadRequest): TE.TaskEither<Refusal, Ingested> =>
    pipe(
      TE.fromEither(decodeBody(request.body)),
      TE.bindTo('body'),
      TE.bindW('sender', ({ body }) => senderOf(ports)(request, body)),
      TE.flatMapEither(({ body, sender }) => toRecord(ports.now(), request, body, sender)),
      TE.flatMap(ingestLead(ports)),
    );

const decodeBody = (text: string): E.Either<Refusal, Body> =>
  pipe(
    parseJson(text),
    E.mapLeft((problem): Refusal =>
      problem === 'not-json'
        ? { kind: 'not-json' }
        : { kind: 'not-a-lead', errors: [{ path: '', message: jsonProblemText[problem] }] },
    ),
    E.flatMap((json) =>
      pipe(
        t.UnknownRecord.decode(json),
        E.mapLeft((errors): Refusal => ({ kind: 'not-a-lead', errors: validationProblems(errors) })),
      ),
    ),
  );

type Sender = Readonly<{ sourceId: string; leadNamespace: string; volatileFields: readonly string[] }>;

const senderOf =
  ({ readSources, ingestAuth }: ReceivePorts) =>
  ({ route, secretHeader }: LeadRequest, body: Body): TE.TaskEither<Refusal, Sender> => {
    const sourceId = sourceIdOf(route, body);
    if (route === 'ingest' && ingestAuth === 'OPEN')
      return TE.right({ sourceId, leadNamespace: sourceId, volatileFields: [] });
    const sent = body[secretField];
    // CRMs send null or "" for what they don't have.
    const secret = sent === undefined || sent === null || sent === '' ? secretHeader : sent;
    return pipe(
      authenticate(readSources)({ sourceId, secret: typeof secret === 'string' ? secret : '' }),
      TE.flatMapOption(
        O.map(({ lead_namespace = sourceId, volatile_fields = [] }: Source): Sender => ({
          sourceId,
          leadNamespace: lead_namespace,
          volatileFields: volatile_fields,
        })),
        (): Refusal => ({ kind: 'not-authentic', route }),
      ),
    );
  };

/** `POST /webhook` can't speak for the other route's source: its payloads have another shape. */
const sourceIdOf = (route: LeadRequest['route'], { webhook_id }: Body): string => {
  if (route === 'ingest') return ingestSource;
  return typeof webhook_id === 'string' && webhook_id !== ingestSource ? webhook_id : '';
};

const toRecord = (
  now: Date,
  { correlationId }: LeadRequest,
  body: Body,
  { sourceId, leadNamespace, volatileFields }: Sender,
): E.Either<Refusal, RecordedEvent> => {
  const payload = withoutSecret(body);
  return pipe(
    leadEventFrom(sourceId)(payload),
    E.bimap(
      (errors): Refusal => ({ kind: 'not-a-lead', errors }),
      (event) => {
        const id = eventId(sourceId, withoutVolatile(payload, volatileFields));
        return {
          event,
          namespace: leadNamespace,
          eventId: id,
          s3Key: rawKeyOf(event.lead_id, now, id),
          receivedAt: now.toISOString(),
          eventTime: eventTime(event, now),
          correlationId,
        };
      },
    ),
  );
};
