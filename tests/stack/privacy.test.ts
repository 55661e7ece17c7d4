import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);
const functions = ['IngestionFunction', 'EnrichmentFunction', 'QueryFunction'] as const;

describe('private data', () => {
  it('is not stored where it is not needed: secrets nowhere, addresses only with the leads', async () => {
    const leadId = newLeadId();
    const address = `private-${leadId.toLowerCase()}@example.com`;
    const secret = 'welcome-hero-00';
    const webhook = {
      ...{ webhook_id: 'signup', lead_id: leadId, email: address, status: `new ${secret}` },
      ...{
        display_name: `Ada ${secret}`,
        Secret_Key: secret,
        [secret]: { list: [secret, { [`x-${secret}`]: secret }] },
      },
    };
    const accepted = await cloud.post('/webhook', { ...webhook, secret_key: secret });
    expect(accepted.status).toBe(202);
    await cloud.post('/webhook', { ...webhook, secret_key: `${secret}-wrong` });
    await cloud.post('/webhook', { ...webhook, secret_key: secret, email: 'not an address' });
    expect((await cloud.post('/webhook', { ...webhook, secret_key: secret, lead_id: secret })).status).toBe(422);
    await cloud.get(`/leads?email=${address}`, cloud.reader);

    const letter = await eventually('the dead letter', async () =>
      (await cloud.deadLetters()).find((body) => body.includes(String(accepted.body.event_id))),
    );
    expect(letter).not.toContain(address);
    expect(letter).not.toContain(secret);

    const logs = (await Promise.all(functions.map((name) => cloud.logOf(name)))).join('\n');
    expect(logs).toContain(leadId);
    expect(logs).not.toContain(address);
    expect(logs).not.toContain(secret);
    expect(logs).not.toMatch(/[\w.+-]+@[\w-]+\.\w+/);

    expect(JSON.stringify(await cloud.items())).not.toContain(secret);
    expect(
      JSON.stringify(await cloud.readJson(cloud.outputs.RawBucketName, String(accepted.body.s3_key))),
    ).not.toContain(secret);
  });
});
