import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { maskAddresses } from '../codecs/mask-addresses';

/**
 * Structured logs. Callers pass ids and kinds, never a payload. Addresses are masked in case a text contains one
 * nevertheless.
 */
export const logger = new Logger({
  jsonReplacerFn: (_key: string, value: unknown) => (typeof value === 'string' ? maskAddresses(value) : value),
});

/**
 * Adds the invocation to every log line that the handler writes: `function_request_id`, `cold_start` and facts about
 * the function.
 */
export const withInvocation =
  <Input, Output>(handler: (input: Input, context: Context) => Promise<Output>) =>
  async (input: Input, context: Context): Promise<Output> => {
    logger.addContext(context);
    return handler(input, context);
  };
