import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { toRequest } from '../../../IngestionFunction/http/request';
import { toProblem, toResponse } from '../../../IngestionFunction/http/response';
import { receiveLead, type ReceivePorts } from '../../../IngestionFunction/receive-lead';
import type { RecordedEvent } from '../../../shared/lead/recorded-event';
import type { ReadSources } from '../../../shared/sources/authenticate';
import { sourcesOf } from '../../support/sources-of';

/** Ports that accept every lead, and the events that were recorded through them. */
export const acceptingPorts = ({
  readSources,
  ...about
}: Pick<ReceivePorts, 'readSources'> & Partial<ReceivePorts>): Readonly<{
  ports: ReceivePorts;
  records: RecordedEvent[];
}> => {
  const records: RecordedEvent[] = [];
  const ports: ReceivePorts = {
    recordEvent: (record) => TE.fromIO(() => (records.push(record), { kind: 'new', record })),
    storeRaw: () => TE.right(undefined),
    saveLead: () => TE.right(undefined),
    enqueue: () => TE.right(undefined),
    queueAgain: () => TE.right(true),
    noteQueuedAgain: () => TE.right(undefined),
    quarantine: () => TE.right('new'),
    noteActivity: () => TE.right(undefined),
    readSources,
    now: () => new Date(0),
    ingestAuth: 'SECRET',
    ...about,
  };
  return { ports, records };
};

/** Sends a body as API Gateway does, to POST /webhook unless `more` says otherwise, and gets the HTTP answer. */
export const poster = (ports: ReceivePorts) => {
  const receive = receiveLead(ports);
  return async (body: unknown, more: object = {}): Promise<APIGatewayProxyResult> => {
    const event = {
      resource: '/webhook',
      httpMethod: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: { requestId: 'c' },
      ...more,
    } as unknown as APIGatewayProxyEvent;
    const outcome = await pipe(TE.fromEither(toRequest('')(event)), TE.flatMap(receive))();
    return pipe(outcome, E.match(toProblem, toResponse));
  };
};

export const secret = 'money-talks-99';

/** A lead of source billing, with its secret. */
export const lead = { webhook_id: 'billing', secret_key: secret, lead_id: 'L-1', email: 'a@example.com' };

export const knownSources: ReadSources = () =>
  TE.right(
    sourcesOf({
      billing: { kind: 'shared-secret', secrets: [secret] },
      ingest: { kind: 'shared-secret', secrets: ['super-secret-123'] },
    }),
  );

/** Both routes with `knownSources`. IngestAuth is SECRET, as in the template. */
export const askingAsDeployed = (broken: Partial<ReceivePorts> = {}) => {
  const { ports, records } = acceptingPorts({ readSources: knownSources, ...broken });
  return { post: poster(ports), records };
};
