import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Loopback, loopback } from './loopback';
import { evaluate } from './evaluate-template';
import { at, entries, type Node } from './read-template';
import { parameter, properties, resource, template } from './the-template';

/** A call of a function: its operation, such as `SendMessage` or `GET /bucket/key` for S3, and its body. */
export type Call = Readonly<{ operation: string; body: Readonly<Record<string, unknown>> }>;

/** The response to a call. An object is sent as JSON. */
export type Reply = Readonly<{ status?: number; headers?: Readonly<Record<string, string>>; body: object | string }>;

/** The response of SQS to a message. The SDK compares its digest with the message that it sent. */
export const taken = ({ body: { MessageBody } }: Call): Reply => ({
  body: { MessageId: 'm', MD5OfMessageBody: createHash('md5').update(String(MessageBody)).digest('hex') },
});

export const denied: Reply = { status: 403, body: { __type: 'AccessDeniedException', message: 'not authorized' } };

/** A server in place of AWS. The deployed code of a function calls it through the real SDK. */
export type FakeAws = Loopback & Readonly<{ calls: Call[] }>;

/** DynamoDB, SQS and Secrets Manager have the operation in a header, SES in a form, and S3 in method and path. */
const callOf = ({ headers, method = '', url = '' }: IncomingMessage, text: string): Call => {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    return { operation: target.split('.').at(-1) ?? '', body: JSON.parse(text) as Call['body'] };
  }
  const form = Object.fromEntries(new URLSearchParams(text));
  if (form.Action !== undefined) return { operation: form.Action, body: form };
  return { operation: `${method} ${url.split('?')[0] ?? ''}`, body: { text, metadata: metadataIn(headers) } };
};

/** The headers that are the metadata of an S3 object. */
const metadataIn = (headers: IncomingMessage['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('x-amz-meta-') && typeof value === 'string' ? [[name, value]] : [],
    ),
  );

const jsonType = 'application/x-amz-json-1.0';

/**
 * Starts a server that answers each call with `reply`.
 *
 * @param latency starts when a call arrives, and ends when it may be answered
 */
export const fakeAws = async (
  reply: (call: Call) => Reply,
  latency: () => Promise<void> = () => Promise.resolve(),
): Promise<FakeAws> => {
  const calls: Call[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // From the arrival, so that the time of this server itself is not added.
    const waited = latency();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = callOf(request, Buffer.concat(chunks).toString());
    calls.push(call);
    const { status = 200, headers = {}, body } = reply(call);
    await waited;
    const [type, text] = typeof body === 'string' ? ['text/xml', body] : [jsonType, JSON.stringify(body)];
    response.writeHead(status, { 'content-type': type, ...headers }).end(text);
  };
  const server = await loopback((request, response) => void answer(request, response));
  return { ...server, calls };
};

/**
 * Resolves a value of the template: parameters to their defaults, queues to their URLs, other resources to their names.
 */
const resolved = (declared: Node | undefined, endpoint: string): string => {
  const value = evaluate(declared);
  const name = at(value, 'Ref');
  if (typeof name !== 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (at(resource(name), 'Type') === 'AWS::SQS::Queue') return `${endpoint}/000000000000/${name}`;
  const preset = at(parameter(name), 'Default');
  return typeof preset === 'string' || typeof preset === 'number' ? String(preset) : name;
};

/** The environment of a function in the template, as Lambda sets it: its variables, and the function's credentials. */
export const environmentOf = (functionName: string, endpoint: string): Readonly<Record<string, string>> => {
  const declared = [
    ...entries(at(template, 'Globals', 'Function', 'Environment', 'Variables')),
    ...entries(at(properties(functionName), 'Environment', 'Variables')),
  ];
  return {
    ...Object.fromEntries(declared.map(([name, value]) => [name, resolved(value, endpoint)])),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
};

/** Sets the environment variables of a function in the template, so that a test can import its app.ts. */
export const setEnvironmentOf = (functionName: string, endpoint: string): void => {
  Object.assign(process.env, environmentOf(functionName, endpoint), {
    // Powertools then writes logs and metrics to the console, where a test reads them.
    POWERTOOLS_DEV: 'true',
    POWERTOOLS_METRICS_DISABLED: 'false',
  });
};

/** The JSON lines that a function writes to the console while `run` runs. */
export const linesOf = async (run: () => Promise<unknown>): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const lines: string[] = [];
  const methods = (['debug', 'info', 'warn', 'error', 'log'] as const).map((method) =>
    jest.spyOn(console, method).mockImplementation((...line: unknown[]) => void lines.push(String(line[0]))),
  );
  try {
    await run();
  } finally {
    for (const method of methods) method.mockRestore();
  }
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
};
