import type { Service } from './classify';

export type Answer = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body: string }>;

export type ErrorKind = 'internal' | 'unavailable' | 'throttled';

type Row = Readonly<Record<ErrorKind, readonly [status: number, code: string]>>;

/** The errors of each service (API references, "Common Errors"). S3 throttles with 503, the others with 400. */
const codes: Readonly<Record<Service, Row>> = {
  dynamodb: {
    internal: [500, 'com.amazonaws.dynamodb.v20120810#InternalServerError'],
    unavailable: [503, 'com.amazon.coral.availability#ServiceUnavailableException'],
    throttled: [400, 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException'],
  },
  sqs: {
    internal: [500, 'com.amazonaws.sqs#InternalFailure'],
    unavailable: [503, 'com.amazonaws.sqs#ServiceUnavailable'],
    throttled: [400, 'com.amazonaws.sqs#RequestThrottled'],
  },
  secretsmanager: {
    internal: [500, 'InternalServiceError'],
    unavailable: [503, 'ServiceUnavailable'],
    throttled: [400, 'ThrottlingException'],
  },
  s3: { internal: [500, 'InternalError'], unavailable: [503, 'ServiceUnavailable'], throttled: [503, 'SlowDown'] },
  ses: { internal: [500, 'InternalFailure'], unavailable: [503, 'ServiceUnavailable'], throttled: [400, 'Throttling'] },
};

/** An error response in the format of a service, which its SDK client parses. */
export const errorAnswer = (service: Service, kind: ErrorKind): Answer => {
  const [status, code] = codes[service][kind];
  switch (service) {
    case 'dynamodb':
    case 'sqs':
    case 'secretsmanager':
      return {
        status,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: JSON.stringify({ __type: code, message: 'injected' }),
      };
    case 's3':
      return xml(status, `<Error><Code>${code}</Code><Message>injected</Message></Error>`);
    case 'ses':
      return xml(
        status,
        '<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error>' +
          `<Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code>` +
          '<Message>injected</Message></Error>' +
          '<RequestId>injected</RequestId></ErrorResponse>',
      );
  }
};

const xml = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
});
