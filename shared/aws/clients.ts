/**
 * Settings of every SDK client: a call that hangs is given up early enough to be tried again while API Gateway (29 s) and
 * the function's own time-out still wait. `requestTimeout` ends with the answer's headers; `socketTimeout` is for a body that
 * stops half-way. In milliseconds.
 */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 4_000,
    throwOnRequestTimeout: true,
    socketTimeout: 4_000,
  },
} as const;

/**
 * A local cloud has one host name, which `bucket.host` would not resolve to in a container of `sam local`.
 * On AWS, where no endpoint is set, the bucket stays in the host name.
 */
export const s3Settings = { ...clientSettings, forcePathStyle: (process.env.AWS_ENDPOINT_URL ?? '') !== '' };

/** The queue's URL says which queue; where SQS is says the endpoint, also where the URL's host is another's view of it. */
export const sqsSettings = { ...clientSettings, useQueueUrlAsEndpoint: false };
