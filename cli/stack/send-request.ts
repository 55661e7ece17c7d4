import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import type { SentRequest } from '../../shared/sources/sent-request';
import { httpCall } from './http-call';

/** The path of the API for requests of a source. `POST /ingest` is the route of one source; others have their own. */
export const pathOf = (sourceId: string): string =>
  sourceId === ingestSource ? '/ingest' : `/webhook/${encodeURIComponent(sourceId)}`;

/**
 * Sends a request of a source, signed or not.
 *
 * @throws a Problem if there is no answer within 30 s
 */
export const sendRequest = ({ method, headers, body }: SentRequest, url: string): Promise<Response> =>
  httpCall(new URL(url), {
    method,
    headers: Object.entries(headers).flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    ),
    body: Buffer.from(body),
  });
