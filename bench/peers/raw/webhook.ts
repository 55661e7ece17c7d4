// The webhook with signed requests and nothing else: no AWS SDK, no codecs, no logger. It has the checks and the calls
// of the Python peers.
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { type Send, setting } from './send';

type Event = Readonly<{
  body: string | null;
  isBase64Encoded: boolean;
  requestContext: Readonly<{ requestId: string }>;
}>;
type Response = Readonly<{ statusCode: number; headers: object; body: string }>;
type Lead = Readonly<Record<string, unknown>>;

class Refused extends Error {
  constructor(
    readonly type: string,
    status: number,
  ) {
    super(`${type} (${status})`);
  }
}

/** The handler, with a function that signs and sends a request. */
export const webhook = (send: Send): ((event: Event) => Promise<Response>) => {
  const call = async (service: string, version: string, target: string, input: object): Promise<object> => {
    const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target };
    const { status, text } = await send({ service, method: 'POST', path: '/', headers, body: JSON.stringify(input) });
    const answer = JSON.parse(text) as Readonly<{ __type?: string }>;
    if (status >= 300) throw new Refused(answer.__type?.split('#').at(-1) ?? '', status);
    return answer;
  };

  const dynamodb = (operation: string, input: object) =>
    call('dynamodb', '1.0', `DynamoDB_20120810.${operation}`, input);

  const putObject = async (key: string, body: string, metadata: Readonly<Record<string, string>>): Promise<void> => {
    const headers = {
      ...{ 'content-type': 'application/json', 'if-none-match': '*' },
      ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    };
    const path = `/${setting('RAW_BUCKET')}/${key}`;
    const { status } = await send({ service: 's3', method: 'PUT', path, headers, body });
    if (status >= 300 && status !== 412) throw new Refused('PutObject', status);
  };

  let sources: Readonly<Record<string, Readonly<{ secrets: readonly string[] }>>> | undefined;

  const readSources = async () => {
    if (sources !== undefined) return sources;
    const input = { SecretId: setting('SOURCES_SECRET_NAME') };
    const answer = await call('secretsmanager', '1.1', 'secretsmanager.GetSecretValue', input);
    return (sources = JSON.parse((answer as Readonly<{ SecretString: string }>).SecretString) as NonNullable<
      typeof sources
    >);
  };

  const isAuthentic = async (source: string, secret: string): Promise<boolean> => {
    const known = (await readSources())[source]?.secrets ?? [];
    return known.some((one) => timingSafeEqual(sha256(one), sha256(secret)));
  };

  const ingest = async (source: string, payload: Lead, correlationId: string): Promise<'accepted' | 'duplicate'> => {
    const leadId = payload.lead_id as string;
    const now = new Date();
    const receivedAt = now.toISOString();
    const eventTime = (payload.occurred_at as string | undefined) ?? receivedAt;
    const eventId = sha256(canonical({ source, payload })).toString('hex');
    const s3Key = `raw/crm_event_${encodeURIComponent(leadId)}_${receivedAt.replaceAll(/\D/g, '')}-${eventId}.json`;
    const seconds = Math.floor(now.getTime() / 1000);
    const pk = `LEAD#${source}#${leadId}`;
    try {
      await dynamodb('PutItem', {
        TableName: setting('TABLE_NAME'),
        Item: {
          ...attributes({ pk, sk: `EVENT#${eventId}`, lead_id: leadId, event_id: eventId, source, s3_key: s3Key }),
          ...attributes({ state: 'RECEIVED', received_at: receivedAt, event_time: eventTime }),
          ...attributes({ correlation_id: correlationId, recorded_by: randomUUID() }),
          ...attributes({ pending: 'PENDING', pending_since: receivedAt }),
          due_at: { N: String(seconds + Number(setting('ENRICHMENT_DELAY_SECONDS'))) },
          expires_at: { N: String(seconds + Number(setting('EVENT_RETENTION_DAYS')) * 86_400) },
        },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
    } catch (error) {
      if (error instanceof Refused && error.type === 'ConditionalCheckFailedException') return 'duplicate';
      throw error;
    }
    const metadata = { source, 'lead-id': leadId, 'event-id': eventId, 'received-at': receivedAt };
    await Promise.all([
      putObject(s3Key, JSON.stringify(payload), metadata),
      saveLead(pk, source, payload, eventId, eventTime),
    ]);
    await call('sqs', '1.0', 'AmazonSQS.SendMessage', {
      QueueUrl: setting('DELAY_QUEUE_URL'),
      MessageBody: JSON.stringify({ s3_key: s3Key, lead_id: leadId, event_id: eventId }),
    });
    return 'accepted';
  };

  const saveLead = async (pk: string, source: string, payload: Lead, eventId: string, eventTime: string) => {
    const { lead_id, email: address, status, display_name } = payload as Readonly<Record<string, string | undefined>>;
    const fields = Object.entries({
      ...{ lead_id, source, email: address, email_key: address?.toLowerCase(), status, status_key: status },
      ...{ display_name, event_id: eventId, version: `${eventTime}#${eventId}` },
    }).filter((field): field is [string, string] => field[1] !== undefined);
    try {
      await dynamodb('UpdateItem', {
        TableName: setting('TABLE_NAME'),
        Key: attributes({ pk, sk: 'LEAD' }),
        UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: 'attribute_not_exists(pk) OR version < :version',
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: attributes(Object.fromEntries(fields), ':'),
      });
    } catch (error) {
      if (!(error instanceof Refused && error.type === 'ConditionalCheckFailedException')) throw error;
    }
  };

  return async ({ body, isBase64Encoded, requestContext }: Event): Promise<Response> => {
    const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
    if (bytes.length > 256 * 1024) return respond(413, { error: 'too large' });
    const lead = parse(bytes);
    if (lead === undefined) return respond(400, { error: 'not JSON' });
    if (typeof lead !== 'object' || lead === null) return respond(422, { errors: ['body'] });
    const errors = problemsIn(lead as Lead);
    if (errors.length > 0) return respond(422, { errors });
    const { secret_key, ...payload } = lead as Lead & Readonly<{ webhook_id: string; secret_key: string }>;
    if (!(await isAuthentic(payload.webhook_id, secret_key))) return respond(401, { error: 'unknown sender' });
    const status = await ingest(payload.webhook_id, payload, requestContext.requestId);
    const answer = { status, lead_id: payload.lead_id, correlation_id: requestContext.requestId };
    console.log(JSON.stringify({ level: 'INFO', message: `lead ${status}`, correlation_id: requestContext.requestId }));
    return respond(status === 'accepted' ? 202 : 200, answer);
  };
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const limits = { webhook_id: 64, secret_key: 512, lead_id: 128, email: 254 } as const;
const email = /^[^@\s<>]{1,64}@[^@\s<>.]+(\.[^@\s<>.]+)+$/;

const problemsIn = (lead: Lead): readonly string[] => {
  const wrong = Object.entries(limits).flatMap(([name, limit]) => {
    const value = lead[name];
    return typeof value === 'string' && value !== '' && value.length <= limit ? [] : [name];
  });
  const optional = ['display_name', 'status', 'occurred_at'].filter(
    (name) => !['undefined', 'string'].includes(typeof lead[name]),
  );
  return [...wrong, ...(email.test(String(lead.email)) ? [] : ['email']), ...optional];
};

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
};

const respond = (statusCode: number, body: object): Response => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const attributes = (values: Readonly<Record<string, string>>, prefix = '') =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, { S: value }]));

const parse = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
};
