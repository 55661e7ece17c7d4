/** What the tests deploy with: the production template with times that a test can wait for. */
export const stackParameters = {
  EnrichmentDelaySeconds: 8,
  RetryAfterSeconds: 2,
  IngestAuth: 'OPEN',
  SesFromAddress: 'leads@example.com',
  SesToAddress: 'sales@example.com',
  LogLevel: 'INFO',
} as const;
