import * as TE from 'fp-ts/TaskEither';
import { bodySecret } from '../../support/sources-of';
import { acceptingPorts, askingAsDeployed, lead, poster, secret } from './receiving';

/** A rotation has removed this secret of the source. Its sender may still have it in its payloads. */
const removed = 'removed-secret-77';

test('a secret that only the previous version of the sources has is not stored', async () => {
  const billing = { ...bodySecret(secret), previous: { scheme: 'body-secret', secrets: [removed] } as const };
  const { ports, records } = acceptingPorts({ readSources: () => TE.right({ billing }) });
  const { statusCode } = await poster(ports)({ ...lead, note: `the secret was ${removed}` });
  expect(statusCode).toBe(202);
  expect(records).toHaveLength(1);
  expect(JSON.stringify(records)).not.toContain(removed);
});

// The body of the routes without a source is always a lead. A 200 would tell the sender that it was taken.
test.each(['/ingest', '/webhook'])('an empty object is refused on %s, not ignored', async (resource) => {
  const { post, records } = askingAsDeployed();
  const body = resource === '/ingest' ? {} : { webhook_id: 'billing' };
  const secretOf = resource === '/ingest' ? 'super-secret-123' : secret;
  const headers = { 'Content-Type': 'application/json', 'X-Webhook-Secret': secretOf };
  expect((await post(body, { resource, headers })).statusCode).toBe(422);
  expect(records).toHaveLength(0);
});
