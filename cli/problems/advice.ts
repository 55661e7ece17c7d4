import { namesProxy } from '../stack/proxy';
import type { ProblemKind } from './problem-kind';

type Advice = Readonly<{ kind: ProblemKind; advice: string }>;

/** AWS's services have several names for the same refusal. */
const known: readonly Readonly<{ kind: ProblemKind; name: RegExp; advice: (said: string) => string }>[] = [
  {
    kind: 'no-credentials',
    name: /^(CredentialsProviderError|TokenProviderError|Expired|InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature|RequestExpired|IncompleteSignature|MissingAuthenticationToken|InvalidToken)/,
    advice: (said) => `there are no AWS credentials that work (${said}). ${credentialsAdvice(process.env)}`,
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
    name: /^(TimeoutError|AggregateError|AbortError|RequestTimeout|ServiceUnavailable|InternalServerError|InternalError|InternalFailure|NetworkingError|ECONN[A-Z]+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)/,
    advice: (said) =>
      `nothing answers there, or not in time (${said}). Is the network up, AWS_ENDPOINT_URL right, and the local cloud running?${namesProxy(process.env) ? ' A proxy is set (HTTPS_PROXY, HTTP_PROXY): is it up, and does it let you through?' : ''} Then run the command again.`,
  },
  {
    kind: 'configuration',
    name: /^(ERR_INVALID_URL|ERR_INVALID_PROTOCOL|ERR_UNESCAPED_CHARACTERS)/,
    advice: (said) =>
      `an endpoint is not a URL with a scheme and a host (${said}). Correct endpoint_url in the AWS configuration file, or AWS_ENDPOINT_URL.`,
  },
  {
    kind: 'configuration',
    name: /^(UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|CERT_|ERR_TLS_|EPROTO)/,
    advice: (said) =>
      `no trusted connection can be made (${said}). Where a proxy signs with a certificate of its own, set NODE_EXTRA_CA_CERTS to the file of its authority; an endpoint that speaks HTTP needs http:// in its URL.`,
  },
];

/** The SDK takes a profile before keys, and does not say so where it fails. */
const credentialsAdvice = ({ AWS_PROFILE = '', AWS_ACCESS_KEY_ID = '' }: NodeJS.ProcessEnv): string => {
  if (AWS_PROFILE !== '' && AWS_ACCESS_KEY_ID !== '')
    return `AWS_PROFILE (${AWS_PROFILE}) and AWS_ACCESS_KEY_ID are both set, and the profile is used. Unset AWS_PROFILE to use the keys; or correct the profile, and where it logs in by SSO, log in again: aws sso login --profile ${AWS_PROFILE}.`;
  if (AWS_PROFILE !== '')
    return `The profile ${AWS_PROFILE} is used (AWS_PROFILE). Correct it; where it logs in by SSO, log in again: aws sso login --profile ${AWS_PROFILE}.`;
  if (AWS_ACCESS_KEY_ID !== '')
    return 'The keys of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are used. Correct them, and AWS_SESSION_TOKEN, which temporary keys need and others must not have.';
  return 'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; where you log in by SSO, log in again: aws sso login.';
};

/** An error that has only a code has it in what is told of it (`nameAndMessage`). */
const codes =
  /\b(ERR_[A-Z_]+|UNABLE_TO_[A-Z_]+|SELF_SIGNED_CERT[A-Z_]*|DEPTH_ZERO_[A-Z_]+|CERT_[A-Z_]+|EPROTO|EPIPE)\b/;

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
  const code = codes.exec(message)?.[0] ?? '';
  const found =
    known.find((one) => one.name.test(name)) ??
    known.find((one) => code !== '' && one.name.test(code)) ??
    known.find(({ kind }) => kind === 'no-answer' && connectionFailed.test(message));
  return found === undefined
    ? {
        kind: 'failed',
        advice: `${said}. Run the command again; if that comes again, it is an error of Leadline's or of AWS's.`,
      }
    : { kind: found.kind, advice: found.advice(said) };
};
