import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { SentRequest } from '../../shared/sources/sent-request';

type Headers = SentRequest['headers'];

/** The headers of a request, with all values of a repeated one. An event that a person wrote may have no lists. */
export const headersOf = (event: Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'>): Headers => {
  const { headers, multiValueHeaders } = event as Partial<Record<keyof typeof event, object | null>>;
  const found = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(headers ?? {})) add(found, name, [value]);
  // Each list has the value of `headers`, too.
  const lists = new Map<string, readonly string[]>();
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) add(lists, name, values);
  return Object.fromEntries([...found, ...lists]);
};

const add = (into: Map<string, readonly string[]>, name: string, values: unknown): void => {
  const texts = (Array.isArray(values) ? values : []).filter((value): value is string => typeof value === 'string');
  const key = name.toLowerCase();
  if (texts.length > 0) into.set(key, [...(into.get(key) ?? []), ...texts]);
};

/** The first value of a header; empty if the request does not have it. */
export const valueOf = (headers: Headers, name: string): string =>
  (Object.hasOwn(headers, name) ? headers[name]?.[0] : undefined) ?? '';
