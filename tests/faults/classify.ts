import { mailedEvent } from '../support/mailed-event';

/** The services that functions call. */
export const services = ['dynamodb', 's3', 'sqs', 'ses', 'secretsmanager'] as const;

export type Service = (typeof services)[number];

export type WireRequest = Readonly<{
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  body: string;
}>;

/** The effects of calls that the checks count. */
export type Effect =
  | { readonly kind: 'claim'; readonly eventId: string; readonly claimId: string }
  | { readonly kind: 'mail'; readonly eventId: string }
  /** The SDK sends the same `callId` with all attempts of one call. */
  | { readonly kind: 'mark'; readonly eventId: string; readonly callId: string };

/**
 * The service of a request, from the scope of its SigV4 signature.
 *
 * @returns `undefined` for an unsigned request, or for a service that no function calls
 */
export const serviceOf = ({ headers }: WireRequest): Service | undefined => {
  const scope = /Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(text(headers.authorization))?.[1];
  return services.find((service) => service === scope);
};

export const effectOf = (request: WireRequest): Effect | undefined => {
  switch (serviceOf(request)) {
    case 'dynamodb':
      return text(request.headers['x-amz-target']).endsWith('.UpdateItem') ? updateOf(request) : undefined;
    case 'ses':
      return mailOf(request);
    case 's3':
    case 'sqs':
    case 'secretsmanager':
    case undefined:
      return undefined;
  }
};

type Attribute = Readonly<{ S?: string }>;

type Update = Readonly<{
  Key?: Readonly<Record<string, Attribute>>;
  ExpressionAttributeValues?: Readonly<Record<string, Attribute>>;
}>;

const updateOf = ({ headers, body }: WireRequest): Effect | undefined => {
  const { Key = {}, ExpressionAttributeValues: values = {} } = JSON.parse(body) as Update;
  const eventId = /^EVENT#(.+)$/.exec(Key.sk?.S ?? '')?.[1];
  if (eventId === undefined) return undefined;
  switch (values[':set_state']?.S) {
    case 'CLAIMED':
      return { kind: 'claim', eventId, claimId: values[':set_claim_id']?.S ?? '' };
    case 'NOTIFIED':
      return { kind: 'mark', eventId, callId: text(headers['amz-sdk-invocation-id']) };
    default:
      return undefined;
  }
};

const mailOf = ({ body }: WireRequest): Effect | undefined => {
  const form = new URLSearchParams(body);
  if (form.get('Action') !== 'SendEmail') return undefined;
  const eventId = mailedEvent(form.get('Message.Body.Text.Data') ?? '');
  return eventId === undefined ? undefined : { kind: 'mail', eventId };
};

const text = (header: string | readonly string[] | undefined): string =>
  typeof header === 'string' ? header : (header?.[0] ?? '');
