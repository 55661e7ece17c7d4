import type { ProblemKind } from './problem-kind';

type Advice = Readonly<{ kind: ProblemKind; advice: string }>;

/** AWS's services have several names for the same refusal. */
const known: readonly Readonly<{ kind: ProblemKind; name: RegExp; advice: (said: string) => string }>[] = [
  {
    kind: 'no-credentials',
    name: /^(CredentialsProviderError|TokenProviderError|Expired|InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature|RequestExpired|IncompleteSignature|MissingAuthenticationToken|InvalidToken)/,
    advice: (said) =>
      `there are no AWS credentials that work (${said}). Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; where you log in by SSO, log in again: aws sso login.`,
  },
  {
    kind: 'access-denied',
    name: /^(AccessDenied|AuthorizationError|UnauthorizedOperation|Forbidden|KmsAccessDenied|KMSAccessDenied|403)/,
    advice: (said) => `access is denied (${said}). docs/operations.md lists the rights that an operator needs.`,
  },
  {
    kind: 'throttled',
    name: /^(Throttl|ProvisionedThroughputExceeded|RequestThrottled|RequestLimitExceeded|SlowDown|TooManyRequests|KmsThrottled|OverLimit|LimitExceeded|UnprocessedKeys)/,
    advice: (said) => `AWS was asked too much at once (${said}). Run the command again, with a lower --rate.`,
  },
  {
    kind: 'gone',
    name: /^(QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue|ResourceNotFound|NoSuchBucket|QueueDeletedRecently)/,
    advice: (said) => `a part of the stack is not there (${said}). Was it deleted? Deploy the stack again.`,
  },
  {
    kind: 'no-answer',
    name: /^(TimeoutError|AggregateError|AbortError|RequestTimeout|ServiceUnavailable|InternalServerError|InternalError|InternalFailure|NetworkingError)/,
    advice: (said) =>
      `nothing answers there, or not in time (${said}). Is the network up, AWS_ENDPOINT_URL right, and the local cloud running? Then run the command again.`,
  },
];

const connectionFailed =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|socket hang up/;

/**
 * What an error of the AWS SDK means to an operator, and what to do.
 *
 * @param name of the error's class
 * @param message empty where nobody kept it
 */
export const adviceOn = (name: string, message: string): Advice => {
  const said = message === '' ? name : `${name}: ${message}`;
  if (/region is missing/i.test(message))
    return { kind: 'no-region', advice: 'no region is set. Set AWS_REGION or AWS_DEFAULT_REGION.' };
  const found =
    known.find((one) => one.name.test(name)) ??
    known.find(({ kind }) => kind === 'no-answer' && connectionFailed.test(message));
  return found === undefined
    ? {
        kind: 'failed',
        advice: `${said}. Run the command again; if that comes again, it is an error of Leadline's or of AWS's.`,
      }
    : { kind: found.kind, advice: found.advice(said) };
};
