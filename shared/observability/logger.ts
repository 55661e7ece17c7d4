import { Logger } from '@aws-lambda-powertools/logger';
import { maskAddresses } from './masking';

/** Structured logs. Callers pass ids and kinds, never a payload; the mask is for what slips through all the same. */
export const logger = new Logger({
  jsonReplacerFn: (_key: string, value: unknown) => (typeof value === 'string' ? maskAddresses(value) : value),
});
