import { stoppedCloudAdvice } from '../stack/stopped-cloud';
import { namesProxy } from '../stack/proxy';
import { credentialsAdvice } from './credentials-advice';
import type { ProblemKind } from './problem-kind';

type Advice = Readonly<{ kind: ProblemKind; advice: string }>;

type Rule = Readonly<{
  kind: ProblemKind;
  /** Matches the name or the code of an error. */
  name: RegExp;
  /** @param error name and message of the error */
  advice: (error: string) => string;
}>;

const startsWith = (...starts: readonly string[]): RegExp => new RegExp(`^(${starts.join('|')})`);

/** The services of AWS have several names for the same error. The first rule that matches applies. */
const rules: readonly Rule[] = [
  {
    kind: 'no-credentials',
    name: startsWith(
      ...['CredentialsProviderError', 'TokenProviderError', 'Expired', 'InvalidClientTokenId', 'UnrecognizedClient'],
      ...['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidSignature', 'RequestExpired'],
      ...['IncompleteSignature', 'MissingAuthenticationToken', 'InvalidToken'],
    ),
    advice: (error) => `the AWS credentials are missing or invalid (${error}). ${credentialsAdvice(process.env)}`,
  },
  {
    kind: 'access-denied',
    name: startsWith(
      ...['AccessDenied', 'AuthorizationError', 'UnauthorizedOperation', 'Forbidden', 'KmsAccessDenied'],
      ...['KMSAccessDenied', '403'],
    ),
    advice: (error) => `access is denied (${error}). docs/operations.md lists the permissions that an operator needs.`,
  },
  {
    kind: 'throttled',
    name: startsWith(
      ...['Throttl', 'ProvisionedThroughputExceeded', 'RequestThrottled', 'RequestLimitExceeded', 'SlowDown'],
      ...['TooManyRequests', 'KmsThrottled', 'OverLimit', 'LimitExceeded', 'UnprocessedKeys'],
    ),
    advice: (error) => `AWS throttles the requests (${error}). Run the command again, with a lower --rate.`,
  },
  {
    kind: 'gone',
    name: startsWith(
      ...['QueueDoesNotExist', String.raw`AWS\.SimpleQueueService\.NonExistentQueue`, 'ResourceNotFound'],
      ...['NoSuchBucket', 'QueueDeletedRecently'],
    ),
    advice: (error) => `a resource of the stack does not exist (${error}). Deploy the stack again.`,
  },
  {
    kind: 'no-answer',
    name: startsWith(
      ...['TimeoutError', 'AggregateError', 'AbortError', 'RequestTimeout', 'ServiceUnavailable'],
      ...['InternalServerError', 'InternalError', 'InternalFailure', 'NetworkingError', 'ECONN[A-Z]+', 'ENOTFOUND'],
      ...['EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'],
    ),
    advice: (error) =>
      stoppedCloudAdvice(error, process.env) ??
      `there is no answer, or none in time (${error}). Check the network, AWS_ENDPOINT_URL and the local cloud. ` +
        (namesProxy(process.env) ? 'A proxy is set (HTTPS_PROXY, HTTP_PROXY): check it too. ' : '') +
        'Then run the command again.',
  },
  {
    kind: 'configuration',
    name: startsWith('ERR_INVALID_URL', 'ERR_INVALID_PROTOCOL', 'ERR_UNESCAPED_CHARACTERS'),
    advice: (error) =>
      `an endpoint is not a URL with a scheme and a host (${error}). ` +
      'Correct endpoint_url in the AWS configuration file, or AWS_ENDPOINT_URL.',
  },
  {
    kind: 'configuration',
    name: startsWith('UNABLE_TO_', 'SELF_SIGNED_CERT', 'DEPTH_ZERO_SELF_SIGNED', 'CERT_', 'ERR_TLS_', 'EPROTO'),
    advice: (error) =>
      `the TLS connection is not trusted (${error}). If a proxy signs with its own certificate, set ` +
      'NODE_EXTRA_CA_CERTS to the file of its certificate authority. ' +
      'If the endpoint speaks HTTP, use http:// in its URL.',
  },
];

/** Codes that an error may have only in its message, where `nameAndMessage` puts them. */
const codes =
  /\b(ERR_[A-Z_]+|UNABLE_TO_[A-Z_]+|SELF_SIGNED_CERT[A-Z_]*|DEPTH_ZERO_[A-Z_]+|CERT_[A-Z_]+|EPROTO|EPIPE)\b/;

const connectionFailed =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|socket hang up/;

/**
 * What an error of the AWS SDK means to an operator, and what to do about it.
 *
 * @param name of the class of the error
 * @param message empty if it is not known
 */
export const adviceOn = (name: string, message: string): Advice => {
  const error = message === '' ? name : `${name}: ${message}`;
  if (/region is missing/i.test(message))
    return { kind: 'no-region', advice: 'no region is set. Give --region, or set AWS_REGION.' };
  const code = codes.exec(message)?.[0] ?? '';
  const rule =
    rules.find((one) => one.name.test(name)) ??
    rules.find((one) => code !== '' && one.name.test(code)) ??
    rules.find(({ kind }) => kind === 'no-answer' && connectionFailed.test(message));
  return rule === undefined
    ? {
        kind: 'failed',
        advice: `${error}. Run the command again. If it fails again, report a bug in Leadline.`,
      }
    : { kind: rule.kind, advice: rule.advice(error) };
};
