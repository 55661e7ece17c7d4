/**
 * Parameters with which the tests deploy the production template. Its delays are short, so that tests can wait for
 * them.
 */
export const stackParameters = {
  EnrichmentDelaySeconds: 8,
  EnrichmentBatchSeconds: 0,
  RetryAfterSeconds: 2,
  IngestAuth: 'OPEN',
  SesFromAddress: 'leads@example.com',
  SesToAddress: 'sales@example.com',
  LogLevel: 'INFO',
} as const;
