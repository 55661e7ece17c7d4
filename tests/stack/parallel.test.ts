import { deployedStacks, eventually, newLeadId, stack } from './cloud';

const cloud = stack(deployedStacks()[0]);

describe('two hundred leads at once', () => {
  it('are all accepted, enriched and mailed, each once and with its own owner', async () => {
    const ids = Array.from({ length: 200 }, newLeadId);
    await Promise.all(ids.map((id) => cloud.putOwner(id, { owner_name: `Owner of ${id}` })));
    const answers = await Promise.all(
      ids.map((id) => cloud.post('/ingest', { lead_id: id, lead_email: `${id.toLowerCase()}@example.com` })),
    );
    expect(answers.filter(({ status }) => status !== 202)).toStrictEqual([]);
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
