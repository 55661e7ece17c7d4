import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../shared/ports/store-failure';
import { authenticate, type ReadSources, sourceIn } from '../shared/sources/authenticate';
import { ingestSource } from '../shared/sources/payloads/lead-payload';
import { secretField, secretTextsIn, type SentBody } from '../shared/sources/sent-payload';
import type { Source } from '../shared/sources/source';
import type { Refusal } from './http/refusal';
import type { LeadRequest } from './lead-request';

export type SenderPorts = Readonly<{
  readSources: ReadSources;
  /** OPEN accepts `POST /ingest` without authentication: for development only. */
  ingestAuth: 'SECRET' | 'OPEN';
}>;

/** The source of a request, with its settings. */
export type Sender = Readonly<{
  sourceId: string;
  leadNamespace: string;
  volatileFields: readonly string[];
  /** All texts that may be a secret of the sender. They are removed from what is kept of the request. */
  secrets: readonly string[];
}>;

/** The settings of a source that apply to a request. */
type Settings = Pick<Source, 'lead_namespace' | 'volatile_fields' | 'secrets'>;

/**
 * Finds out which source sent a request, and authenticates it.
 *
 * @returns `not-authentic` for an unknown source and for a wrong secret alike
 */
export const findSender =
  (ports: SenderPorts) =>
  (request: LeadRequest, body: SentBody): TE.TaskEither<Refusal, Sender> => {
    const sourceId = sourceIdOf(request.route, body);
    const sent = sentSecrets(request, body);
    return pipe(
      settingsFor(ports)(request.route, sourceId, sent[0]),
      TE.map(({ lead_namespace = sourceId, volatile_fields = [], secrets }) => ({
        sourceId,
        leadNamespace: lead_namespace,
        volatileFields: volatile_fields,
        secrets: [...sent, ...secretTextsIn(body), ...secrets],
      })),
    );
  };

const settingsFor =
  ({ readSources, ingestAuth }: SenderPorts) =>
  (route: LeadRequest['route'], sourceId: string, secret: string): TE.TaskEither<Refusal, Settings> => {
    const isOpen = route === 'ingest' && ingestAuth === 'OPEN';
    const ofStranger = (): TE.TaskEither<Refusal, Settings> =>
      isOpen ? settingsOfStranger(readSources)(sourceId) : TE.left({ kind: 'not-authentic', route });
    if (isOpen && secret === '') return ofStranger();
    return pipe(
      authenticate(readSources)({ sourceId, secret }),
      TE.flatMap((proved) => (O.isSome(proved) ? TE.right(proved.value) : ofStranger())),
    );
  };

/**
 * The settings that apply to a sender that is not authenticated. The volatile fields do, because an event must not have
 * two ids. The secrets do not: by the ids of events with different texts removed, a stranger could find the secrets
 * out. The namespace does not, because it belongs to authenticated senders.
 */
const settingsOfStranger =
  (readSources: ReadSources) =>
  (sourceId: string): TE.TaskEither<StoreFailure, Settings> =>
    pipe(
      readSources('cached'),
      TE.flatMapEither((sources) => sourceIn(sources, sourceId)),
      TE.map((source) => ({ volatile_fields: source?.volatile_fields ?? [], secrets: [] })),
    );

/**
 * The secrets that were sent. The first one counts; the body's comes before the header's. CRMs send null or "" for
 * none.
 */
const sentSecrets = (
  { secretHeader = '' }: LeadRequest,
  body: SentBody,
): readonly [first: string, ...others: string[]] => {
  const sent = body[secretField];
  const isAbsent = sent === undefined || sent === null || sent === '';
  return isAbsent ? [secretHeader] : [typeof sent === 'string' ? sent : '', secretHeader];
};

/**
 * `POST /webhook` cannot be used as the source of `POST /ingest`, because the payloads of the two have different
 * formats.
 */
const sourceIdOf = (route: LeadRequest['route'], { webhook_id }: SentBody): string => {
  if (route === 'ingest') return ingestSource;
  return typeof webhook_id === 'string' && webhook_id !== ingestSource ? webhook_id : '';
};
