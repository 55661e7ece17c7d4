import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { jsonObject } from '../shared/codecs/json-object';
import { type JsonProblem, jsonProblemText, parseJson } from '../shared/codecs/json-text';
import { validationProblems } from '../shared/codecs/validation-problem';
import type { SentBody } from '../shared/sources/sent-payload';
import { findSender, type SenderPorts } from './find-sender';
import type { Refusal } from './http/refusal';
import { ingestLead, type IngestPorts, type Ingested } from './ingest-lead';
import type { LeadRequest } from './lead-request';
import { recordOf } from './record-of';

export type ReceivePorts = IngestPorts & SenderPorts & Readonly<{ now: () => Date }>;

/**
 * Ingests the lead of a request. The sender is authenticated before the lead is validated, so that a stranger learns
 * nothing about the format of a lead.
 */
export const receiveLead =
  (ports: ReceivePorts) =>
  (request: LeadRequest): TE.TaskEither<Refusal, Ingested> =>
    pipe(
      TE.fromEither(decodeBody(request.body)),
      TE.bindTo('body'),
      TE.bind('sender', ({ body }) => findSender(ports)(request, body)),
      TE.flatMapEither(({ body, sender }) => recordOf(ports.now(), request, body, sender)),
      TE.flatMap(ingestLead(ports)),
    );

const decodeBody = (text: string): E.Either<Refusal, SentBody> =>
  pipe(
    parseJson(text),
    E.mapLeft(jsonRefusal),
    E.flatMap((json) => pipe(jsonObject.decode(json), E.mapLeft(notAnObject))),
  );

const jsonRefusal = (problem: JsonProblem): Refusal =>
  problem === 'not-json'
    ? { kind: 'not-json' }
    : { kind: 'not-a-lead', errors: [{ path: '', message: jsonProblemText[problem] }] };

const notAnObject = (errors: Parameters<typeof validationProblems>[0]): Refusal => ({
  kind: 'not-a-lead',
  errors: validationProblems(errors),
});
