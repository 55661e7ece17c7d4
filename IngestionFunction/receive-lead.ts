import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { jsonObject } from '../shared/codecs/json-object';
import { writeJson } from '../shared/codecs/json-text';
import type { SecretFilter } from '../shared/codecs/secret-filter';
import { type ValidationProblem, validationProblems } from '../shared/codecs/validation-problem';
import { bodyProblems } from '../shared/sources/payloads/body-problems';
import type { IngestPorts } from '../shared/ingestion/ingest-lead';
import { ingestReadings, type LeadOutcome } from '../shared/ingestion/ingest-readings';
import type { Quarantine } from '../shared/ports/quarantine';
import type { NoteActivity } from '../shared/ports/source-activity';
import { leadEventFrom } from '../shared/sources/payloads/lead-payload';
import { type BodyProblem, type ParsedBody, syntaxOf } from '../shared/sources/payloads/parse-body';
import { writeForm } from '../shared/sources/payloads/parse-form';
import { bodyFormatOf } from '../shared/sources/payloads/payload-settings';
import { mappingOf } from '../shared/sources/payloads/mapping';
import { readLeads, type Reading } from '../shared/sources/payloads/read-leads';
import { type SentBody, withoutSecretFields } from '../shared/sources/sent-payload';
import { type BodyReader, bodyReader } from './body-reader';
import { bodyRefusal } from './body-refusal';
import { findSender, type FoundSender, type SenderPorts } from './find-sender';
import type { Refusal } from './http/refusal';
import { type About, type Kept, keptBody, keptLead } from './kept-request';
import type { LeadRequest } from './lead-request';

export type ReceivePorts = IngestPorts &
  SenderPorts &
  Readonly<{ now: () => Date; quarantine: Quarantine; noteActivity: NoteActivity }>;

/** What became of an authentic request. */
export type Received = Readonly<{ sender: FoundSender }> &
  (
    | Readonly<{ kind: 'ignored' }>
    /** `isBatch`: the body has several leads. */
    | Readonly<{ kind: 'processed'; outcomes: readonly LeadOutcome<Kept>[]; isBatch: boolean }>
  );

/** Why a request was not accepted. `sender`: who sent it, if that was authenticated before. */
export type Refused = Refusal & Readonly<{ sender?: FoundSender }>;

/**
 * Ingests the leads of a request. The sender is authenticated before the body is read as leads, so that a stranger
 * learns nothing about their format.
 */
export const receiveLead =
  (ports: ReceivePorts) =>
  (request: LeadRequest): TE.TaskEither<Refused, Received> =>
    pipe(
      TE.fromIO(() => ({ now: ports.now(), bodies: bodyReader(request) })),
      TE.tap(({ bodies }) => TE.fromEither(jsonObjectOnly(request, bodies))),
      TE.bindW('sender', ({ bodies, now }) => findSender(ports)(request, bodies, now)),
      TE.flatMap(({ now, bodies, sender }) =>
        pipe(
          receiveFrom(ports, request, sender, now)(bodies.bodyFor(sender)),
          TE.mapLeft((refusal): Refused => ({ ...refusal, sender })),
        ),
      ),
    );

/** The body of the routes which name no source has to be an object before the sender is known. */
const jsonObjectOnly = ({ route }: LeadRequest, { bodyFor }: BodyReader): E.Either<Refusal, void> => {
  if (route.name === 'source') return E.right(undefined);
  const body = bodyFor({ payload: {} });
  if (E.isLeft(body)) return E.left(bodyRefusal(body.left));
  return pipe(
    jsonObject.decode(body.right),
    E.bimap(
      (errors): Refusal => ({ kind: 'not-a-lead', errors: validationProblems(errors) }),
      () => undefined,
    ),
  );
};

const receiveFrom =
  (ports: ReceivePorts, request: LeadRequest, sender: FoundSender, receivedAt: Date) =>
  (body: ParsedBody): TE.TaskEither<Refusal, Received> => {
    const about = { request, sender, receipt: { receivedAt, correlationId: request.correlationId } };
    if (E.isLeft(body))
      return body.left.kind === 'empty' ? TE.right({ kind: 'ignored', sender }) : refuse(ports, about, body.left);
    const json = withoutSecretFields(body.right);
    const readings = readingsOf(request, sender, json);
    if (E.isLeft(readings)) return TE.left({ kind: 'not-a-lead', errors: readings.left });
    return readings.right.length === 0
      ? TE.right({ kind: 'ignored', sender })
      : ingest(ports, about, readings.right, json);
  };

/** A body without a lead is a test of the sender, except on the routes whose body is always a lead. */
const readingsOf = (
  { route }: LeadRequest,
  { sourceId, payload }: FoundSender,
  body: unknown,
): E.Either<readonly ValidationProblem[], readonly Reading[]> => {
  const readings = readLeads(sourceId, payload)(body);
  if (route.name === 'source' || readings.length > 0 || mappingOf(payload).leads !== undefined)
    return E.right(readings);
  return pipe(
    leadEventFrom(sourceId)({}),
    E.map(() => readings),
  );
};

const refuse = (ports: ReceivePorts, about: About, problem: BodyProblem): TE.TaskEither<Refusal, Received> => {
  const { sender } = about;
  if (sender.onInvalid === 'reject') return TE.left(bodyRefusal(problem));
  return pipe(
    keptBody(ports.quarantine, about, bodyProblems(problem)),
    TE.map((kept) => ({ kind: 'processed', sender, outcomes: [kept], isBatch: false })),
  );
};

const ingest = (
  ports: ReceivePorts,
  about: About,
  readings: readonly Reading[],
  json: unknown,
): TE.TaskEither<Refusal, Received> => {
  const { sender, receipt } = about;
  const isBatch = readings.length > 1;
  const keep = (reading: Reading, problems: readonly ValidationProblem[]) => {
    if (sender.onInvalid === 'reject') return TE.right({ kind: 'rejected' as const, problems });
    return isBatch
      ? keptLead(ports.quarantine, about, reading, problems)
      : keptBody(ports.quarantine, about, problems, { reading, write: (filter) => writeBody(sender, json, filter) });
  };
  return pipe(
    ingestReadings<Kept>(ports, sender, receipt, readings, keep),
    TE.filterOrElseW(
      (outcomes) => outcomes.some(({ kind }) => kind !== 'rejected'),
      (outcomes): Refusal => ({ kind: 'not-a-lead', errors: problemsIn(outcomes) }),
    ),
    TE.map((outcomes) => ({ kind: 'processed', sender, outcomes, isBatch })),
  );
};

/** Writes a body in the syntax in which it is read again. */
const writeBody = ({ payload }: FoundSender, body: unknown, { takenFrom }: SecretFilter): string => {
  const without = takenFrom(body);
  return syntaxOf(bodyFormatOf(payload)) === 'form' ? writeForm(without as SentBody) : writeJson(without);
};

/** The problems of rejected leads. The path of a problem begins with the number of its lead if there are several. */
const problemsIn = (outcomes: readonly LeadOutcome<Kept>[]): readonly ValidationProblem[] =>
  outcomes.flatMap((outcome, index) => {
    if (outcome.kind !== 'rejected') return [];
    return outcomes.length === 1
      ? outcome.problems
      : outcome.problems.map(({ path, message }) => ({
          path: `results.${index}${path === '' ? '' : `.${path}`}`,
          message,
        }));
  });
