import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ReceivePorts } from '../../../IngestionFunction/receive-lead';
import { readSources } from '../../../shared/aws/source-secrets';
import { acceptingPorts, poster } from './receiving';

/** POST /webhook and POST /ingest over the real cache and a secret that the test can rotate. */
export const receiving = (ingestAuth: ReceivePorts['ingestAuth'] = 'SECRET') => {
  let time = Date.UTC(2026, 0, 1);
  let calls = 0;
  let secret: object = {
    billing: { kind: 'shared-secret', secrets: ['money-talks-99'] },
    ingest: { kind: 'shared-secret', secrets: ['super-secret-123'] },
  };
  const client = { send: () => Promise.resolve((calls += 1)).then(() => ({ SecretString: JSON.stringify(secret) })) };
  const now = () => new Date(time);
  const { ports, records } = acceptingPorts({
    readSources: readSources(client as unknown as SecretsManagerClient, 'sources', now),
    now,
    ingestAuth,
  });
  const send = poster(ports);
  const post = (route: 'ingest' | 'webhook', body: unknown, secretHeader?: string) =>
    send(body, {
      resource: `/${route}`,
      headers: { 'content-type': 'application/json', 'x-webhook-secret': secretHeader },
    });
  return {
    post,
    records,
    calls: () => calls,
    rotate: (sources: object) => (secret = sources),
    pass: (ms: number) => (time += ms),
  };
};

export const webhook = { webhook_id: 'billing', secret_key: 'money-talks-99', lead_id: 'L-1', email: 'a@example.com' };

export const ingest = { lead_id: 'L-1', lead_email: 'a@example.com' };
