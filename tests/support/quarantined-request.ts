import type { QuarantinedRequest } from '../../shared/ports/quarantine';

let counter = 0;

/** A quarantined request with arbitrary values. A test sets the values that matter to it. */
export const quarantinedRequest = (about: Partial<QuarantinedRequest> = {}): QuarantinedRequest => {
  counter += 1;
  return {
    id: `${counter.toString(16).padStart(8, '0')}${'0'.repeat(56)}`,
    sourceId: 'acme',
    receivedAt: new Date(Date.UTC(2026, 0, 1) + counter).toISOString(),
    correlationId: 'correlation',
    kind: 'body',
    method: 'POST',
    url: 'https://api.example.com/Prod/webhook/acme',
    headers: { 'content-type': ['application/json'], 'user-agent': ['Acme/1'] },
    contentType: 'application/json',
    body: Buffer.from('{"contact":{"id":"a-1"}}'),
    problems: [{ path: 'email', message: 'is missing' }],
    ...about,
  };
};
