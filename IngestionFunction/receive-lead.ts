import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as TE from 'fp-ts/TaskEither';
import { eventId } from '../shared/lead/event-id';
import { eventTime } from '../shared/lead/event-time';
import { jsonObject } from '../shared/codecs/json-object';
import { jsonProblemText, parseJson } from '../shared/codecs/json-text';
import { identifyingFields, ingestSource, leadEventFrom } from '../shared/sources/payloads/lead-payload';
import { rawKeyOf } from '../shared/lead/raw-key';
import type { RecordedEvent } from '../shared/lead/recorded-event';
import { secretFilter, type SecretFilter } from '../shared/codecs/secret-filter';
import { secretField, secretTextsIn, withoutSecret, withoutVolatile } from '../shared/sources/sent-payload';
import type { StoreFailure } from '../shared/ports/store-failure';
import { type ValidationProblem, validationProblems } from '../shared/codecs/validation-problem';
import { authenticate, type ReadSources, sourceIn } from '../shared/sources/authenticate';
import type { Source } from '../shared/sources/source';
import { ingestLead, type IngestPorts, type Ingested } from './ingest-lead';
import type { Refusal } from './http/refusal';

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
        jsonObject.decode(json),
        E.mapLeft((errors): Refusal => ({ kind: 'not-a-lead', errors: validationProblems(errors) })),
      ),
    ),
  );

/** `secrets` are all texts that may be a secret of the sender: they go no further. */
type Sender = Readonly<{
  sourceId: string;
  leadNamespace: string;
  volatileFields: readonly string[];
  secrets: readonly string[];
}>;

/** What is known of a sender's source. */
type Known = Pick<Source, 'lead_namespace' | 'volatile_fields' | 'secrets'>;

const senderOf =
  ({ readSources, ingestAuth }: ReceivePorts) =>
  (request: LeadRequest, body: Body): TE.TaskEither<Refusal, Sender> => {
    const sourceId = sourceIdOf(request.route, body);
    const sent = sentSecrets(request, body);
    const [secret = ''] = sent;
    const proved = authenticate(readSources)({ sourceId, secret });
    const isOpen = request.route === 'ingest' && ingestAuth === 'OPEN';
    return pipe(
      isOpen && secret === '' ? TE.right(O.none) : proved,
      TE.flatMap(
        O.match(
          (): TE.TaskEither<Refusal, Known> =>
            isOpen ? strangerOf(readSources)(sourceId) : TE.left({ kind: 'not-authentic', route: request.route }),
          (source: Source) => TE.right(source),
        ),
      ),
      TE.map(({ lead_namespace = sourceId, volatile_fields = [], secrets }) => ({
        sourceId,
        leadNamespace: lead_namespace,
        volatileFields: volatile_fields,
        secrets: [...sent, ...secretTextsIn(body), ...secrets],
      })),
    );
  };

/**
 * Where anybody may send, the source's volatile fields count all the same, because one event must not have two ids. Its secrets do not: a
 * stranger could find them out by the ids of events that they are taken out of. Its namespace is for those who prove to be the source.
 */
const strangerOf =
  (readSources: ReadSources) =>
  (sourceId: string): TE.TaskEither<StoreFailure, Known> =>
    pipe(
      readSources('cached'),
      TE.flatMapEither((sources) => sourceIn(sources, sourceId)),
      TE.map((source) => ({ volatile_fields: source?.volatile_fields ?? [], secrets: [] })),
    );

/** The secret of the body goes before that of the header. CRMs send null or "" for what they don't have. */
const sentSecrets = ({ secretHeader = '' }: LeadRequest, body: Body): readonly string[] => {
  const sent = body[secretField];
  const isAbsent = sent === undefined || sent === null || sent === '';
  return isAbsent ? [secretHeader] : [typeof sent === 'string' ? sent : '', secretHeader];
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
  { sourceId, leadNamespace, volatileFields, secrets }: Sender,
): E.Either<Refusal, RecordedEvent> => {
  const filter = secretFilter(secrets);
  const kept = withoutSecret(body);
  const payload = filter.takenFrom(kept) as Body;
  return pipe(
    secretProblems(sourceId, kept, filter),
    E.flatMap(() => leadEventFrom(sourceId)(payload)),
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

/** Without its secret, what identifies a lead would identify another one. */
const secretProblems = (
  sourceId: string,
  body: Body,
  { isIn }: SecretFilter,
): E.Either<readonly ValidationProblem[], void> => {
  const problems = identifyingFields(sourceId)
    .filter((field) => isIn(String(body[field])))
    .map((path) => ({ path, message: 'must not contain the secret' }));
  return problems.length > 0 ? E.left(problems) : E.right(undefined);
};
