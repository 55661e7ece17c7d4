import { createHmac, randomBytes } from 'node:crypto';

/** A request as a sender makes it. */
export type Request = Readonly<{ path: string; headers: Readonly<Record<string, string>>; body: string }>;

/** A lead before its source gives it the shape of its payloads. */
export type PlainLead = Readonly<{ leadId: string; name: string; email: string }>;

/** A source of the load: its entry in the sources secret, and how it sends a lead. */
export type LoadSource = Readonly<{ id: string; entry: object; requestFor: (lead: PlainLead) => Request }>;

const json = { 'content-type': 'application/json' } as const;

const newSecret = (): string => randomBytes(24).toString('base64url');

/** `POST /ingest`, with the secret in its header. */
const ingest = (): LoadSource => {
  const secret = newSecret();
  return {
    id: 'ingest',
    entry: { auth: { scheme: 'body-secret', secrets: [secret] } },
    requestFor: ({ leadId, name, email }) => ({
      path: '/ingest',
      headers: { ...json, 'x-webhook-secret': secret },
      body: JSON.stringify({ lead_id: leadId, display_name: name, lead_email: email }),
    }),
  };
};

/** `POST /webhook`, with the name of the source and its secret in the body. */
const secretInBody = (): LoadSource => {
  const id = 'load-body';
  const secret = newSecret();
  return {
    id,
    entry: { auth: { scheme: 'body-secret', secrets: [secret] } },
    requestFor: ({ leadId, name, email }) => ({
      path: '/webhook',
      headers: json,
      body: JSON.stringify({ webhook_id: id, secret_key: secret, lead_id: leadId, display_name: name, email }),
    }),
  };
};

/** A secret in a header of its own, and payloads that a mapping reads. */
const secretInHeader = (): LoadSource => {
  const id = 'load-header';
  const secret = newSecret();
  return {
    id,
    entry: {
      auth: { scheme: 'header-secret', header: 'X-Load-Key', secrets: [secret] },
      payload: { fields: { lead_id: 'contact.id', email: 'contact.email', display_name: 'contact.name' } },
    },
    requestFor: ({ leadId, name, email }) => ({
      path: `/webhook/${id}`,
      headers: { ...json, 'x-load-key': secret },
      body: JSON.stringify({ event: 'contact.created', contact: { id: leadId, email, name } }),
    }),
  };
};

/** An HMAC-SHA256 over the body. */
const signed = (): LoadSource => {
  const id = 'load-signed';
  const secret = newSecret();
  return {
    id,
    entry: { auth: { scheme: 'hmac', header: 'X-Load-Signature', secrets: [secret] } },
    requestFor: ({ leadId, name, email }) => {
      const body = JSON.stringify({ lead_id: leadId, display_name: name, email, status: 'new' });
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      return { path: `/webhook/${id}`, headers: { ...json, 'x-load-signature': signature }, body };
    },
  };
};

/** Sources with different ways to authenticate and different payloads. Their secrets are new in each run. */
export const loadSources = (): readonly LoadSource[] => [ingest(), secretInBody(), secretInHeader(), signed()];
