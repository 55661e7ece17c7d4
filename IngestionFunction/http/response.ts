import type { APIGatewayProxyResult } from 'aws-lambda';
import { json, problem, retryLater } from '../../shared/lambda/http-response';
import type { LeadOutcome } from '../../shared/ingestion/ingest-readings';
import type { Kept } from '../kept-request';
import type { Received } from '../receive-lead';
import type { Refusal } from './refusal';

/**
 * 202 if a lead is new, or kept for an operator. 200 if there is nothing new. A body with several leads is answered with
 * one result for each, in their order.
 */
export const toResponse = (received: Received): APIGatewayProxyResult => {
  if (received.kind === 'ignored') return json(200, { status: 'ignored' });
  const results = received.outcomes.map(resultOf);
  const [first] = results;
  if (!received.isBatch && first !== undefined) return json(statusCodeOf([first.status]), first);
  const statuses = results.map(({ status }) => status);
  return json(statusCodeOf(statuses), { status: statusOf(statuses), results });
};

const resultOf = (outcome: LeadOutcome<Kept>) => {
  switch (outcome.kind) {
    case 'accepted':
    case 'duplicate': {
      const { event, eventId, s3Key, warnings } = outcome.record;
      const result = { status: outcome.kind, lead_id: event.lead_id, event_id: eventId, s3_key: s3Key };
      return warnings === undefined ? result : { ...result, warnings };
    }
    case 'quarantined':
      return {
        status: outcome.isKnown ? ('duplicate' as const) : outcome.kind,
        quarantine_id: outcome.id,
        errors: outcome.problems,
      };
    case 'rejected':
      return { status: outcome.kind, errors: outcome.problems };
  }
};

type Status = ReturnType<typeof resultOf>['status'];

/** The status of a body with several leads: that of its newest result. */
const statusOf = (statuses: readonly Status[]): Status =>
  (['accepted', 'quarantined', 'duplicate'] as const).find((status) => statuses.includes(status)) ?? 'rejected';

const statusCodeOf = (statuses: readonly Status[]): number => (statusOf(statuses) === 'duplicate' ? 200 : 202);

/** Does not depend on what was wrong, so that a stranger cannot distinguish an unknown source from a wrong secret. */
const authenticationDetail = {
  ingest: 'Send the secret of source ingest, as secret_key in the body or in the header X-Webhook-Secret.',
  webhook: 'Check webhook_id and its secret, sent as secret_key in the body or in the header X-Webhook-Secret.',
  source: 'Check the source in the path, and the secret or signature that its settings require.',
} as const;

/** RFC 9110 §11.6.1 requires a challenge. No registered scheme fits; this one names the header of the secret. */
const challenge = { 'www-authenticate': 'X-Webhook-Secret realm="leadline"' } as const;

/** RFC 9110 §15.5.16: a 415 answer names the accepted type or encoding. */
const acceptedBy: Readonly<Record<MediaTypeRefusal, Readonly<Record<string, string>>>> = {
  'not-json-type': { accept: 'application/json' },
  'not-form-type': { accept: 'application/x-www-form-urlencoded' },
  'not-utf8-charset': { accept: 'application/json' },
  encoded: { 'accept-encoding': 'identity' },
};

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
        detail: 'Send leads to POST /webhook/{source}, POST /webhook or POST /ingest.',
      });
    case 'not-json-type':
    case 'not-form-type':
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

type MediaTypeRefusal = 'not-json-type' | 'not-form-type' | 'not-utf8-charset' | 'encoded';

const mediaTypeTexts: Readonly<Record<MediaTypeRefusal, Readonly<{ title: string; detail: string }>>> = {
  'not-json-type': {
    title: 'The content type is not JSON.',
    detail: 'Send the header Content-Type: application/json.',
  },
  'not-form-type': {
    title: 'The content type is not that of a form.',
    detail: 'Send the header Content-Type: application/x-www-form-urlencoded, or change the format of the source.',
  },
  'not-utf8-charset': {
    title: 'The charset is not UTF-8.',
    detail: 'Send UTF-8, with no other charset in the header Content-Type.',
  },
  encoded: {
    title: 'The content encoding is not supported.',
    detail: 'Send the JSON without compression and without the header Content-Encoding.',
  },
};

const toMediaTypeProblem = (kind: MediaTypeRefusal): APIGatewayProxyResult =>
  problem(415, 'unsupported-media-type', mediaTypeTexts[kind], {}, acceptedBy[kind]);

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

/**
 * The answer to a provider that verifies the URL of its webhook. As plain text, because a browser must not interpret
 * what the caller sent.
 */
export const challengeResponse = (challenge: string): APIGatewayProxyResult => ({
  statusCode: 200,
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
  body: challenge,
});
