import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { atOnce, eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);

describe(`two hundred leads, ${cloud.capabilities.requestsAtOnce} concurrently,`, () => {
  it('are all accepted, enriched and mailed, each once and with its own owner', async () => {
    const ids = Array.from({ length: 200 }, newLeadId);
    await Promise.all(ids.map((id) => cloud.putOwner(id, { owner_name: `Owner of ${id}` })));
    const answers = await atOnce(cloud.capabilities.requestsAtOnce, ids, (id) =>
      cloud.post('/ingest', { lead_id: id, lead_email: `${id.toLowerCase()}@example.com` }),
    );
    const taken = cloud.capabilities.repeatsCalls ? [200, 202] : [202];
    expect(answers.filter(({ status }) => !taken.includes(status))).toStrictEqual([]);
    expect(new Set(answers.map(({ body }) => body.s3_key)).size).toBe(200);

    const mails = await eventually(
      'all the mails',
      async () => {
        const subjects = (await cloud.mails()).map(({ subject }) => subject);
        const mine = subjects.filter((subject) => ids.some((id) => subject.includes(`(${id})`)));
        return mine.length >= 200 ? mine : undefined;
      },
      120,
    );
    expect([...mails].sort()).toStrictEqual(
      ids.map((id) => `Lead ${id.toLowerCase()}@example.com (${id}) for Owner of ${id}`).sort(),
    );
    const enriched = new Set(await cloud.keysOf(cloud.outputs.EnrichedBucketName, 'enriched/'));
    expect(answers.filter(({ body }) => !enriched.has(String(body.s3_key).replace('raw/', 'enriched/')))).toStrictEqual(
      [],
    );
  });
});
