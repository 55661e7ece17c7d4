/**
 * Settings of all SDK clients. A call that hangs ends early enough for a retry within the timeout of API Gateway (29 s)
 * and that of the function. `requestTimeout` is the time until the headers of the response. `socketTimeout` ends a
 * response whose body stops half-way. Times are in milliseconds.
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
 * For clients whose calls all go to one endpoint: the SDK puts the steps of a call together once for each kind of
 * command, instead of for each call (docs/decisions/0061).
 *
 * Not for S3. The steps keep the endpoint of the last call, so that calls at the same time for other buckets would be
 * sent to its bucket.
 */
const oneEndpoint = { cacheMiddleware: true } as const;

/** Settings of DynamoDB clients. */
export const dynamodbSettings = { ...clientSettings, ...oneEndpoint };

/**
 * Settings of S3 clients. A local cloud has one host name, and a container of `sam local` cannot resolve `bucket.host`,
 * so that the bucket is in the path. On AWS, where no endpoint is set, the bucket is in the host name.
 *
 * Read when a client is made: `leadline` sets the endpoint by an option, after this module is imported.
 */
export const s3Settings = {
  ...clientSettings,
  get forcePathStyle(): boolean {
    return (process.env.AWS_ENDPOINT_URL ?? '') !== '';
  },
};

/**
 * Settings of SQS clients. Calls go to the endpoint of the client, not to the host in the URL of a queue: another
 * container may reach a local cloud by another host name.
 */
export const sqsSettings = { ...clientSettings, ...oneEndpoint, useQueueUrlAsEndpoint: false };
