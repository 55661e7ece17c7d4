/** A request to AWS that is not signed yet. `path` has no query, and needs no encoding. */
export type AwsRequest = Readonly<{
  service: string;
  method: 'POST' | 'PUT';
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

export type Send = (request: AwsRequest) => Promise<Readonly<{ status: number; text: string }>>;

/** A variable of the environment, empty if it is absent. */
export const setting = (name: string): string => process.env[name] ?? '';

/** The URL of a service, without a path. */
export const endpointOf = (service: string): string =>
  process.env.AWS_ENDPOINT_URL ?? `https://${service}.${setting('AWS_REGION')}.amazonaws.com`;

/** The limit of a request, in milliseconds. */
export const timeoutMs = 4_000;
