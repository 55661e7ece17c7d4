import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { resourcesOf } from './resources';

const updated = deployedStacks().find(({ resourcesBefore }) => resourcesBefore !== undefined);

if (updated !== undefined) {
  test('a stack keeps every resource when it is deployed again with another delay', async () => {
    const { sqs, outputs, delaySeconds } = stack(updated);
    const before = updated.resourcesBefore ?? {};
    const after = await resourcesOf(updated);
    // SAM creates a new deployment resource whenever the API has changed.
    const ids = (all: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => !/Deployment[0-9a-f]{10}$/.test(name)));
    expect(ids(after)).toStrictEqual(ids(before));
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['LeadTable', 'RawBucket', 'DelayQueue', 'LeadApi']));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: outputs.DelayQueueUrl, AttributeNames: ['DelaySeconds'] }),
    );
    expect(Attributes?.DelaySeconds).toBe(String(delaySeconds));
  });

  test('the stack has an SES identity only if VerifySesIdentity is true', async () => {
    expect(await resourcesOf(updated)).toMatchObject({ SesIdentity: 'leads@example.com' });
    expect(await resourcesOf(deployedStacks()[0])).not.toHaveProperty('SesIdentity');
  });
} else {
  test.skip(`an update is not tested here: ${reasons.twoRegions}`, () => undefined);
}
