import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { Context } from 'aws-lambda';
import { maskAddresses } from '../codecs/mask-addresses';

/**
 * Keeps what an operator reads. CloudWatch charges for each byte of a log, and the name of the log group already names
 * the function. Lambda's own line `platform.report` has the trace of each `function_request_id`. A field is absent if it
 * would be false.
 */
class ShortLines extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, additional: LogAttributes): LogItem {
    const { logLevel, message, timestamp, lambdaContext } = attributes;
    return new LogItem({
      attributes: {
        level: logLevel,
        message,
        timestamp: timestamp.toISOString(),
        function_request_id: lambdaContext?.awsRequestId,
        cold_start: lambdaContext?.coldStart === true ? true : undefined,
      },
    }).addAttributes(additional);
  }
}

/**
 * Structured logs. Callers pass ids and kinds, never a payload. Addresses are masked in case a text contains one
 * nevertheless.
 */
export const logger = new Logger({
  logFormatter: new ShortLines(),
  jsonReplacerFn: (_key: string, value: unknown) => (typeof value === 'string' ? maskAddresses(value) : value),
});

/**
 * Adds the invocation to every log line that the handler writes: `function_request_id`, and `cold_start` in the first
 * invocation of a container.
 */
export const withInvocation =
  <Input, Output>(handler: (input: Input, context: Context) => Promise<Output>) =>
  async (input: Input, context: Context): Promise<Output> => {
    logger.addContext(context);
    return handler(input, context);
  };
