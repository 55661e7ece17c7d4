import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Stack } from '../../tests/stack/cloud';

/** How often a function ran, and how long one run took on average, in milliseconds. */
export type Invocations = Readonly<{ count: number; averageMs: number }>;

/** MiniStack answers with 10,000 lines at most, and has no second page. */
const windowMs = 30_000;

/** Counts the lines with which Lambda reports each run of a function, from one time to another (milliseconds). */
export const invocationsOf = async (
  { endpoint, region, credentials, stackName }: Stack,
  functionName: string,
  [fromMs, toMs]: readonly [number, number],
): Promise<Invocations> => {
  const logs = new CloudWatchLogsClient({ endpoint, region, credentials });
  const logGroupName = `/aws/lambda/${stackName}-${functionName}`;
  let count = 0;
  let sumMs = 0;
  for (let startTime = fromMs; startTime <= toMs; startTime += windowMs) {
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({
        logGroupName,
        startTime,
        endTime: startTime + windowMs - 1,
        filterPattern: '"REPORT RequestId"',
      }),
    );
    for (const { message = '' } of events) {
      const duration = /\tDuration: ([\d.]+) ms/.exec(message)?.[1];
      if (duration === undefined) continue;
      count += 1;
      sumMs += Number(duration);
    }
  }
  return { count, averageMs: count === 0 ? 0 : sumMs / count };
};
