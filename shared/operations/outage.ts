import type { ReadFailure } from '../ports/read-failure';
import { StoreError } from './store-error';

/** The store answers no request now, or refuses all requests of this caller. */
const outage = new RegExp(
  '^(Timeout|Abort|E[A-Z_]+$|Throttl|SlowDown|TooManyRequests|RequestLimit|Credentials|TokenProvider|Expired|' +
    'InvalidAccessKeyId|InvalidToken|RequestTimeTooSkewed|NoSuchBucket)',
);

/** @throws a StoreError if the store answers no request now. A store that refuses one object alone has no outage */
export const throwOutage = (failure: ReadFailure): void => {
  if (failure.kind === 'unavailable' && outage.test(failure.cause)) throw new StoreError(failure);
};
