import * as t from 'io-ts';

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/**
 * How many, in a request of the page: a whole number of 0 or more that is exact. `t.number` would let through `Infinity`,
 * as which `JSON.parse` reads `1e999`, so that "at most as many as the user confirmed" would be no limit.
 */
export const whole = new t.Type<number>(
  'a whole number of 0 or more',
  isWhole,
  (value, context) => (isWhole(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
);
