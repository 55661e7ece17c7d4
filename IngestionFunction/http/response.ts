import type { APIGatewayProxyResult } from 'aws-lambda';
import { json, problem, retryLater } from '../../shared/lambda/http-response';
import type { Ingested } from '../ingest-lead';
import type { Refusal } from './refusal';

/** 202 for a new event, 200 for a duplicate. */
export const toResponse = ({ kind, record: { event, eventId, s3Key } }: Ingested): APIGatewayProxyResult =>
  json(kind === 'accepted' ? 202 : 200, { status: kind, lead_id: event.lead_id, event_id: eventId, s3_key: s3Key });

/** Does not depend on what was wrong, so that a stranger cannot distinguish an unknown source from a wrong secret. */
const authenticationDetail = {
  ingest: 'Send the secret of source ingest, as secret_key in the body or in the header X-Webhook-Secret.',
  webhook: 'Check webhook_id and its secret, sent as secret_key in the body or in the header X-Webhook-Secret.',
} as const;

/** RFC 9110 §11.6.1 requires a challenge. No registered scheme fits; this one names the header of the secret. */
const challenge = { 'www-authenticate': 'X-Webhook-Secret realm="leadline"' } as const;

/** RFC 9110 §15.5.16: a 415 answer names the accepted type or encoding. */
const acceptsJson = { accept: 'application/json' } as const;
const acceptsPlain = { 'accept-encoding': 'identity' } as const;

/** 4xx only if a retry of the same request cannot succeed. A server error is 5xx, so that the sender retries. */
export const toProblem = (refusal: Refusal): APIGatewayProxyResult => {
  switch (refusal.kind) {
    case 'not-authentic':
      return problem(
        401,
        'not-authentic',
        {
          title: 'Unknown source or wrong secret.',
          detail: `${authenticationDetail[refusal.route]} The operator knows whether the secret was changed.`,
        },
        {},
        challenge,
      );
    case 'no-such-route':
      return problem(404, 'no-such-route', {
        title: 'No such route.',
        detail: 'Send leads to POST /ingest or POST /webhook.',
      });
    case 'not-json-type':
    case 'not-utf8-charset':
    case 'encoded':
      return toMediaTypeProblem(refusal.kind);
    case 'too-large':
    case 'not-utf8':
    case 'not-json':
    case 'not-a-lead':
      return toBodyProblem(refusal);
    case 'unavailable':
    case 'raw-taken':
    case 'unreadable':
      return toServerProblem(refusal.kind);
  }
};

type MediaTypeRefusal = 'not-json-type' | 'not-utf8-charset' | 'encoded';

const mediaTypeTexts: Readonly<Record<MediaTypeRefusal, Readonly<{ title: string; detail: string }>>> = {
  'not-json-type': {
    title: 'The content type is not JSON.',
    detail: 'Send the header Content-Type: application/json.',
  },
  'not-utf8-charset': {
    title: 'The charset is not UTF-8.',
    detail: 'Send UTF-8, with the header Content-Type: application/json and no other charset.',
  },
  encoded: {
    title: 'The content encoding is not supported.',
    detail: 'Send the JSON without compression and without the header Content-Encoding.',
  },
};

const toMediaTypeProblem = (kind: MediaTypeRefusal): APIGatewayProxyResult =>
  problem(415, 'unsupported-media-type', mediaTypeTexts[kind], {}, kind === 'encoded' ? acceptsPlain : acceptsJson);

type BodyRefusal = Extract<Refusal, { kind: 'too-large' | 'not-utf8' | 'not-json' | 'not-a-lead' }>;

const toBodyProblem = (refusal: BodyRefusal): APIGatewayProxyResult => {
  switch (refusal.kind) {
    case 'too-large':
      return problem(413, 'too-large', {
        title: 'The body is too large.',
        detail: `Send at most ${refusal.maxBytes} bytes.`,
      });
    case 'not-utf8':
      return problem(400, 'not-utf8', {
        title: 'The body is not UTF-8.',
        detail: 'Encode the JSON in UTF-8. To send the character U+FFFD, write the escape \\ufffd.',
      });
    case 'not-json':
      return problem(400, 'not-json', {
        title: 'The body is not JSON.',
        detail: 'Send one JSON object, encoded in UTF-8.',
      });
    case 'not-a-lead':
      return problem(
        422,
        'not-a-lead',
        { title: 'The body is not a lead.', detail: 'Correct the fields listed in `errors` and resend the request.' },
        { errors: refusal.errors },
      );
  }
};

const toServerProblem = (kind: 'unavailable' | 'raw-taken' | 'unreadable'): APIGatewayProxyResult => {
  switch (kind) {
    case 'unavailable':
      return problem(
        503,
        'unavailable',
        { title: 'The lead could not be stored.', detail: 'Retry the same request later. Retries are deduplicated.' },
        {},
        retryLater,
      );
    case 'raw-taken':
      return problem(500, 'raw-taken', {
        title: "Another object has the key of this lead's raw object.",
        detail: 'Report the error to the operator, then retry the same request. Retries are deduplicated.',
      });
    case 'unreadable':
      return problem(500, 'unreadable', {
        title: 'Stored data could not be read.',
        detail: 'Report the error to the operator, then retry the same request. Retries are deduplicated.',
      });
  }
};
