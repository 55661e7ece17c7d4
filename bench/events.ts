import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../dev/paths';
import type { Answered } from './aws/program';

export type HttpEvent = Readonly<{ headers: Readonly<Record<string, string>>; body: string }>;

const eventFrom = (name: string): HttpEvent =>
  JSON.parse(readFileSync(join(root, 'events', name), 'utf8')) as HttpEvent;

const webhook = eventFrom('ingestion-webhook-accepted.json');
const query = eventFrom('query-by-email.json');

const { webhook_id, secret_key } = JSON.parse(webhook.body) as Readonly<{ webhook_id: string; secret_key: string }>;

/** The sources secret with the sender of the events. */
export const sources = { [webhook_id]: { kind: 'shared-secret', secrets: [secret_key] } };

/** The id of a lead by its number. Ids have the same length, and so have all calls about a lead. */
export const leadIdOf = (number: number): string => `bench-${String(number).padStart(7, '0')}`;

const emailOf = (number: number): string => `${leadIdOf(number)}@example.com`;

/**
 * The request of the README with another lead. API Gateway passes the body in base64.
 *
 * @param more further fields of the lead
 */
export const newLead = (number: number, more: object = {}): HttpEvent & Readonly<{ isBase64Encoded: true }> => {
  const lead = { ...(JSON.parse(webhook.body) as object), lead_id: leadIdOf(number), email: emailOf(number), ...more };
  return { ...webhook, body: Buffer.from(JSON.stringify(lead)).toString('base64'), isBase64Encoded: true };
};

/** The requests of leads with consecutive numbers. */
export const newLeads = (first: number, count: number): readonly HttpEvent[] =>
  Array.from({ length: count }, (_, index) => newLead(first + index));

/** `GET /leads` for the address of a lead. */
export const queryFor = (number: number): object => ({
  ...query,
  queryStringParameters: { email: emailOf(number) },
  multiValueQueryStringParameters: { email: [emailOf(number)] },
});

/** The messages that were sent to the queue, in their order. */
export const messagesIn = (answered: readonly Answered[]): readonly string[] =>
  answered.flatMap(({ call }) => (call.operation === 'SendMessage' ? [String(call.body.MessageBody)] : []));

/** A batch that SQS passes to EnrichmentFunction. */
export const batchOf = (messages: readonly string[]): object => ({
  Records: messages.map((body, index) => ({
    messageId: `message-${index}`,
    receiptHandle: `receipt-${index}`,
    body,
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:DelayQueue',
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) },
  })),
});
