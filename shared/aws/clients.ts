/**
 * Settings of every SDK client: a call that hangs is given up early enough to be tried again while API Gateway (29 s) and
 * the function's own time-out still wait. In milliseconds.
 */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
} as const;
