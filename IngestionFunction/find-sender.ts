import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as TE from 'fp-ts/TaskEither';
import type { Sender } from '../shared/ingestion/sender';
import type { StoreFailure } from '../shared/ports/store-failure';
import { credentialHeaders, credentialTexts, type Presented } from '../shared/sources/auth';
import { authenticate, type MatchedSecret, type ReadSources, sourceIn } from '../shared/sources/authenticate';
import { ingestSource } from '../shared/sources/payloads/lead-payload';
import { secretTextsIn } from '../shared/sources/sent-payload';
import { onInvalidOf, type Source } from '../shared/sources/source';
import type { BodyReader } from './body-reader';
import type { Refusal } from './http/refusal';
import type { LeadRequest, Route } from './lead-request';

export type SenderPorts = Readonly<{
  readSources: ReadSources;
  /** OPEN accepts `POST /ingest` without authentication: for development only. */
  ingestAuth: 'SECRET' | 'OPEN';
}>;

/** The sender of a request. */
export type FoundSender = Sender &
  Readonly<{
    /** `undefined` if the sender did not have to prove who it is. */
    matched: MatchedSecret | undefined;
    /** Names of headers that must not be stored. */
    credentialHeaders: readonly string[];
    /** `undefined` if no alarm is wanted, or the sender did not have to prove who it is. */
    silenceHours: number | undefined;
  }>;

/**
 * Finds out which source sent a request, and authenticates it by the bytes of the request.
 *
 * @returns `not-authentic` for an unknown source and for a wrong secret alike
 */
export const findSender =
  (ports: SenderPorts) =>
  (received: LeadRequest, bodies: BodyReader, now: Date): TE.TaskEither<Refusal, FoundSender> => {
    const { route, request } = received;
    const sourceId = sourceIdOf(route, bodies);
    const presentedTo = (source: Source | undefined): Presented => ({ request, body: bodies.objectFor(source) });
    const isOpen = route.name === 'ingest' && ports.ingestAuth === 'OPEN';
    const ofStranger = (): TE.TaskEither<Refusal, FoundSender> =>
      isOpen
        ? stranger(ports.readSources)(sourceId, presentedTo)
        : TE.left({ kind: 'not-authentic', route: route.name });
    if (isOpen && textsSent(presentedTo(undefined)).length === 0) return ofStranger();
    return pipe(
      authenticate(ports.readSources)({ sourceId, presentedTo, now }),
      TE.flatMap((proof) => {
        if (O.isNone(proof)) return ofStranger();
        const { source, secret } = proof.value;
        return TE.right(senderOf(sourceId, source, presentedTo(source), secret));
      }),
    );
  };

const senderOf = (sourceId: string, source: Source, presented: Presented, matched: MatchedSecret): FoundSender => {
  const { auth, payload, lead_namespace = sourceId, silence_hours, previous } = source;
  const auths = typeof previous === 'object' ? [auth, previous] : [auth];
  return {
    sourceId,
    leadNamespace: lead_namespace,
    payload,
    onInvalid: onInvalidOf(source),
    secrets: [...auths.flatMap((one) => credentialTexts(one, presented)), ...secretTextsIn(presented.body ?? {})],
    matched,
    credentialHeaders: auths.flatMap(credentialHeaders),
    silenceHours: silence_hours,
  };
};

/**
 * The settings that apply to a sender that is not authenticated. Those of the payload do, because an event must not
 * have two ids. The secrets do not: by the ids of events with different texts removed, a stranger could find the
 * secrets out. The namespace does not, because it belongs to authenticated senders. Nothing of a stranger is kept in
 * quarantine.
 */
const stranger =
  (readSources: ReadSources) =>
  (
    sourceId: string,
    presentedTo: (source: Source | undefined) => Presented,
  ): TE.TaskEither<StoreFailure, FoundSender> =>
    pipe(
      readSources('cached'),
      TE.flatMapEither((sources) => sourceIn(sources, sourceId)),
      TE.map((source) => ({
        sourceId,
        leadNamespace: sourceId,
        payload: source?.payload ?? {},
        onInvalid: 'reject',
        secrets: textsSent(presentedTo(source)),
        matched: undefined,
        credentialHeaders: [],
        silenceHours: undefined,
      })),
    );

/** All texts of a stranger's request that may be secrets. */
const textsSent = (presented: Presented): readonly string[] => [
  ...credentialTexts(undefined, presented),
  ...secretTextsIn(presented.body ?? {}),
];

/**
 * `POST /webhook` cannot be used as the source of `POST /ingest`, because the payloads of the two have different
 * formats.
 */
const sourceIdOf = (route: Route, { objectFor }: BodyReader): string => {
  switch (route.name) {
    case 'source':
      return route.sourceId;
    case 'ingest':
      return ingestSource;
    case 'webhook': {
      const id = objectFor(undefined)?.webhook_id;
      return typeof id === 'string' && id !== ingestSource ? id : '';
    }
  }
};
