import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { maskAddresses } from '../codecs/mask-addresses';

/** Structured logs. Callers pass ids and kinds, never a payload; the mask is for what slips through all the same. */
export const logger = new Logger({
  jsonReplacerFn: (_key: string, value: unknown) => (typeof value === 'string' ? maskAddresses(value) : value),
});

/** Makes each log line name the invocation that wrote it: `function_request_id` and `cold_start`, with other facts of the function. */
export const namingInvocation =
  <Input, Output>(handler: (input: Input, context: Context) => Promise<Output>) =>
  async (input: Input, context: Context): Promise<Output> => {
    logger.addContext(context);
    return handler(input, context);
  };
