import { InvokeCommand } from '@aws-sdk/client-lambda';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);
const functions = ['IngestionFunction', 'EnrichmentFunction', 'QueryFunction', 'ReconcileFunction'] as const;

/** Lines that Lambda itself writes on a cloud without Lambda's JSON log format. */
const ofLambda = /^(START|END|REPORT|INIT_START) /;

const linesOf = async (name: string) =>
  (await cloud.logOf(name)).split('\n').filter((line) => line.trim() !== '' && !ofLambda.test(line));

it('writes each log line of each function as one JSON object that names the invocation', async () => {
  const leadId = newLeadId();
  await cloud.putOwner(leadId, { owner_name: 'Bob' });
  const { body } = await cloud.post('/ingest', { lead_id: leadId, lead_email: 'logs@example.com' });
  await cloud.post('/ingest', { lead_id: leadId });
  await cloud.post('/ingest', '{');
  await cloud.sendMessage('no JSON');
  await cloud.sendMessage({ s3_key: `raw/${leadId}` });
  await cloud.get(`/leads/${leadId}`, cloud.reader);
  await cloud.get('/leads?colour=red', cloud.reader);
  await cloud.lambda.send(new InvokeCommand({ FunctionName: `${cloud.stackName}-ReconcileFunction`, Payload: '{}' }));
  await eventually('the mail in the log', async () =>
    (await linesOf('EnrichmentFunction')).some((line) => line.includes('lead notified') && line.includes(leadId))
      ? true
      : undefined,
  );
  for (const name of functions) {
    for (const line of await linesOf(name)) {
      const read = JSON.parse(line) as Record<string, unknown>;
      // A line of metrics has no message. CloudWatch reads it, and no person.
      if ('message' in read) expect(read).toMatchObject({ function_request_id: expect.stringMatching(/./) as string });
      else expect(read).toHaveProperty('_aws');
    }
  }
  const batches = (await linesOf('EnrichmentFunction')).filter((line) => line.includes('batch started'));
  expect(batches).toContainEqual(expect.stringContaining(String(body.event_id)));
});
