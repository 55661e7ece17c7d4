import type { SentRequest } from '../shared/sources/sent-request';

/**
 * Where a request was sent. `ingest`: `POST /ingest`. `webhook`: `POST /webhook`, whose body names the source. `source`:
 * `POST /webhook/{source}`.
 */
export type Route = Readonly<{ name: 'ingest' | 'webhook' }> | Readonly<{ name: 'source'; sourceId: string }>;

/** A request whose body is bytes that are not parsed yet. */
export type LeadRequest = Readonly<{
  route: Route;
  request: SentRequest;
  contentType: string;
  correlationId: string;
}>;
