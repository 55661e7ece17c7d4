import type { APIGatewayProxyResult } from 'aws-lambda';
import { json, problem, retryLater } from '../../shared/lambda/http-response';
import type { Ingested } from '../ingest-lead';
import type { Refusal } from './refusal';

export const toResponse = ({ kind, record: { event, eventId, s3Key } }: Ingested): APIGatewayProxyResult =>
  json(kind === 'accepted' ? 202 : 200, { status: kind, lead_id: event.lead_id, event_id: eventId, s3_key: s3Key });

/** The same for whatever was wrong: a stranger must not tell an unknown source from a wrong secret. */
const whatToCheck = {
  ingest: 'Send the secret of source ingest, as secret_key in the body or in the header X-Webhook-Secret',
  webhook: 'Check webhook_id and its secret, sent as secret_key in the body or in the header X-Webhook-Secret',
} as const;

/** RFC 9110 §11.6.1 asks for a challenge. No registered scheme is like ours: the header of that name has the secret. */
const challenge = { 'www-authenticate': 'X-Webhook-Secret realm="leadline"' } as const;

/** RFC 9110 §15.5.16: what would have been taken. */
const acceptsJson = { accept: 'application/json' } as const;
const acceptsPlain = { 'accept-encoding': 'identity' } as const;

/** 4xx only for what a second try can't change; our own faults are 5xx, so that the sender tries again. */
export const toProblem = (refusal: Refusal): APIGatewayProxyResult => {
  switch (refusal.kind) {
    case 'no-such-route':
      return problem(404, 'no-such-route', {
        title: 'There is nothing here.',
        detail: 'Send leads to POST /ingest or POST /webhook.',
      });
    case 'not-json-type':
      return problem(
        415,
        'unsupported-media-type',
        {
          title: 'The body is not declared as JSON.',
          detail: 'Send the header Content-Type: application/json.',
        },
        {},
        acceptsJson,
      );
    case 'not-utf8-charset':
      return problem(
        415,
        'unsupported-media-type',
        {
          title: 'The body is declared in another encoding than UTF-8.',
          detail: 'Send UTF-8, with the header Content-Type: application/json and no other charset.',
        },
        {},
        acceptsJson,
      );
    case 'encoded':
      return problem(
        415,
        'unsupported-media-type',
        {
          title: 'The body is compressed.',
          detail: 'Send the JSON as it is, without the header Content-Encoding.',
        },
        {},
        acceptsPlain,
      );
    case 'too-large':
      return problem(413, 'too-large', {
        title: 'The body is too large.',
        detail: `Send at most ${refusal.maxBytes} bytes.`,
      });
    case 'not-utf8':
      return problem(400, 'not-utf8', {
        title: 'The body is not UTF-8.',
        detail: 'Encode the JSON in UTF-8. Write the character U+FFFD, if you mean it, as the escape \\ufffd.',
      });
    case 'not-json':
      return problem(400, 'not-json', {
        title: 'The body is not JSON.',
        detail: 'Send one JSON object, encoded in UTF-8.',
      });
    case 'not-authentic':
      return problem(
        401,
        'not-authentic',
        {
          title: 'Unknown source or wrong secret.',
          detail: `${whatToCheck[refusal.route]}, or ask the operator whether the secret was changed.`,
        },
        {},
        challenge,
      );
    case 'not-a-lead':
      return problem(
        422,
        'not-a-lead',
        { title: 'The body is not a lead.', detail: 'Correct the fields listed in errors and resend the request.' },
        { errors: refusal.errors },
      );
    case 'unavailable':
      return problem(
        503,
        'unavailable',
        {
          title: 'The lead could not be stored.',
          detail: 'Retry the same request later. Retries are deduplicated.',
        },
        {},
        retryLater,
      );
    case 'raw-taken':
      return problem(500, 'raw-taken', {
        title: 'Another object has the place of this lead.',
        detail: 'Retry the same request later, and tell the operator.',
      });
    case 'unreadable':
      return problem(500, 'unreadable', {
        title: 'A stored record could not be read.',
        detail: 'Retry the same request later, and tell the operator. Retries are deduplicated.',
      });
  }
};
