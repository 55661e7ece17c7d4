import { type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import type { AlarmFacts } from '../../operations/doctor/judge-alarms';

/**
 * The alarms of a stack. CloudFormation names them `STACK-LogicalId-…`.
 *
 * @throws what the SDK throws
 */
export const readAlarms = async (client: CloudWatchClient, stackName: string): Promise<readonly AlarmFacts[]> => {
  const alarms: AlarmFacts[] = [];
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of paginateDescribeAlarms(
    { client },
    { AlarmNamePrefix: `${stackName}-` },
  ))
    for (const { AlarmName = '', StateValue, StateUpdatedTimestamp } of [...MetricAlarms, ...CompositeAlarms]) {
      // Another stack may have a name that begins with that of this one.
      const [, name] = /^([A-Za-z]+Alarm)(-[^-]+)?$/.exec(AlarmName.slice(stackName.length + 1)) ?? [];
      if (name !== undefined)
        alarms.push({ name, isRinging: StateValue === 'ALARM', since: StateUpdatedTimestamp?.toISOString() });
    }
  return alarms;
};
