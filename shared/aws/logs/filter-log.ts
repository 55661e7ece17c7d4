import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilteredLogEvent,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../../operations/tail/log-line';

/** The most events of a response (Amazon CloudWatch Logs API Reference, "FilterLogEvents"). */
export const mostInPage = 10_000;

/**
 * Reads the events of a log group page by page, oldest first within a page.
 *
 * MiniStack and LocalStack return no token after a full page. The next page then starts at the time of the last event, so
 * that events of that time are read twice: a reader compares ids. A group that does not exist has no events: Lambda makes
 * it with the first line.
 *
 * @param from milliseconds since 1970
 * @param to the last time, inclusive; `undefined` for all that there is
 * @throws an error of the SDK
 */
export async function* filterLog(
  client: CloudWatchLogsClient,
  logGroupName: string,
  from: number,
  to?: number,
): AsyncGenerator<readonly LogEvent[]> {
  let [startTime, nextToken]: [number, string | undefined] = [from, undefined];
  for (;;) {
    const page: FilterLogEventsCommandOutput = await client
      .send(new FilterLogEventsCommand({ logGroupName, startTime, endTime: to, nextToken }))
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') return { $metadata: {} };
        throw error;
      });
    const events = page.events ?? [];
    yield events.map(logEvent);
    nextToken = page.nextToken;
    if (nextToken === undefined && events.length < mostInPage) return;
    if (nextToken === undefined) {
      const last = events.at(-1)?.timestamp ?? startTime;
      // A page of one time alone would be read again and again.
      startTime = last > startTime ? last : startTime + 1;
      if (to !== undefined && startTime > to) return;
    }
  }
}

const logEvent = ({ eventId, logStreamName = '', timestamp = 0, message = '' }: FilteredLogEvent): LogEvent => ({
  id: eventId ?? `${logStreamName} ${timestamp} ${message}`,
  at: timestamp,
  text: message,
});
