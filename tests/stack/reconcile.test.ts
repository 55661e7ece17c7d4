import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { marshall } from '@aws-sdk/util-dynamodb';
import { activityKey, eventKey, pendingPartition } from '../../shared/aws/table-keys';
import type { LeadId } from '../../shared/lead/lead-id';
import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks().at(-1) ?? deployedStacks()[0]);
const FunctionName = `${cloud.stackName}-ReconcileFunction`;

/** Denies ReconcileFunction an action while `run` runs. */
const without = async (action: string, run: () => Promise<void>): Promise<void> => {
  const iam = new IAMClient(cloud.clientFor(cloud.credentials));
  const { Role = '' } = await cloud.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const policy = { RoleName: Role.split('/').at(-1), PolicyName: 'taken-away' };
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: action, Resource: '*' }],
  });
  await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
  try {
    await run();
  } finally {
    await iam.send(new DeleteRolePolicyCommand(policy));
  }
};

if (cloud.capabilities.enforcesIam) {
  test('ReconcileFunction counts an event that it could not queue again in the metric of an alarm', async () => {
    const leadId = newLeadId();
    const eventId = 'e'.repeat(64);
    const longAgo = '2020-01-01T00:00:00.000Z';
    const item = {
      ...eventKey({ leadId: leadId as LeadId, eventId }),
      ...{ lead_id: leadId, event_id: eventId, source: 'ingest', s3_key: `raw/${leadId}.json`, state: 'RECEIVED' },
      ...{ received_at: longAgo, event_time: longAgo, pending: pendingPartition(eventId), pending_since: longAgo },
    };
    await cloud.dynamodb.send(
      new PutItemCommand({ TableName: cloud.outputs.TableName, Item: marshall(item, { removeUndefinedValues: true }) }),
    );
    await without('sqs:SendMessage', async () => {
      const { Payload } = await cloud.lambda.send(new InvokeCommand({ FunctionName }));
      expect(JSON.parse(Payload?.transformToString() ?? '{}')).toMatchObject({ requeued: 0, failed: 1 });
    });
    await eventually('the metric in the log', async () =>
      /"EventsNotRequeued":1\b/.test(await cloud.logOf('ReconcileFunction')) ? true : undefined,
    );
    const { Payload } = await cloud.lambda.send(new InvokeCommand({ FunctionName }));
    expect(JSON.parse(Payload?.transformToString() ?? '{}')).toMatchObject({ requeued: 1, failed: 0 });
  });
} else {
  test.skip(`a denied action is not tested here: ${reasons.enforcesIam}`, () => undefined);
}

test('ReconcileFunction counts a source that has been silent for longer than its silence_hours', async () => {
  const { TableName } = cloud.outputs;
  const key = activityKey(newLeadId());
  const twoHoursAgo = Date.now() - 2 * 3_600_000;
  const item = {
    ...key,
    last_at: new Date(twoHoursAgo).toISOString(),
    silence_hours: 1,
    expires_at: Math.floor(twoHoursAgo / 1000) + 7 * 86_400,
  };
  await cloud.dynamodb.send(new PutItemCommand({ TableName, Item: marshall(item) }));
  const { Payload } = await cloud.lambda.send(new InvokeCommand({ FunctionName }));
  await cloud.dynamodb.send(new DeleteItemCommand({ TableName, Key: marshall(key) }));
  expect(JSON.parse(Payload?.transformToString() ?? '{}')).toMatchObject({ silent: 1 });
  await eventually('the source in the log', async () =>
    (await cloud.logOf('ReconcileFunction')).includes(`"source":"${key.sk}"`) ? true : undefined,
  );
});
