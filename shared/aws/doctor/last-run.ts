import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';

/**
 * When a function last wrote a log line since a moment. Lambda writes lines for each run itself.
 *
 * @throws what the SDK throws
 */
export const readLastRun = async (
  client: CloudWatchLogsClient,
  functionName: string,
  since: Date,
): Promise<Date | undefined> => {
  let last = 0;
  const request = { logGroupName: `/aws/lambda/${functionName}`, startTime: since.getTime() };
  for await (const { events = [] } of paginateFilterLogEvents({ client }, request))
    for (const { timestamp = 0 } of events) last = Math.max(last, timestamp);
  return last === 0 ? undefined : new Date(last);
};
