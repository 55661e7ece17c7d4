import type { StoreFailure } from '../../ports/store-failure';
import type { TroubleKind } from '../views/overview';

/** The services of AWS have several names for the same error. The first rule that matches applies. */
const rules: readonly (readonly [TroubleKind, RegExp])[] = [
  [
    'access-denied',
    /^(AccessDenied|AuthorizationError|UnauthorizedOperation|Forbidden|KMSAccessDenied|KmsAccessDenied|403)/,
  ],
  [
    'no-credentials',
    /^(Credentials|TokenProvider|Expired|InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoes|InvalidSignature|RequestExpired|IncompleteSignature|MissingAuthenticationToken|InvalidToken)/,
  ],
  [
    'throttled',
    /^(Throttl|ProvisionedThroughput|RequestThrottled|RequestLimit|SlowDown|TooManyRequests|OverLimit|LimitExceeded|UnprocessedKeys)/,
  ],
  [
    'gone',
    /^(QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue|ResourceNotFound|NoSuchBucket|QueueDeletedRecently)/,
  ],
  [
    'no-answer',
    /^(Timeout|Aggregate|Abort|RequestTimeout|ServiceUnavailable|InternalServer|InternalError|InternalFailure|Networking|E[A-Z_]{4,}$)/,
  ],
];

/** What a failure means to an operator. */
export const troubleKindOf = (failure: StoreFailure): TroubleKind =>
  failure.kind === 'unreadable' ? failure.kind : (rules.find(([, name]) => name.test(failure.cause))?.[0] ?? 'failed');
