import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { eventually } from './waiting';

const cloud = stack(deployedStacks()[0]);
const { endpoint, region, credentials, outputs } = cloud;

if (cloud.capabilities.alarmsOnQueues) {
  test('a message in the dead-letter queue raises the alarm', async () => {
    const client = new CloudWatchClient({ endpoint, region, credentials });
    const queueName = outputs.DeadLetterQueueUrl.split('/').at(-1);
    await cloud.sendMessage('a dead letter', outputs.DeadLetterQueueUrl);
    await eventually(
      'the alarm',
      async () => {
        const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
        return MetricAlarms.find(({ Dimensions = [] }) => Dimensions.some(({ Value }) => Value === queueName));
      },
      150,
    );
  });
} else {
  test.skip(`the dead-letter alarm is not tested here: ${reasons.alarmsOnQueues}`, () => undefined);
}
