import { logger } from '../../../../shared/lambda/logger';
import { quarantinePipeline } from '../aws/quarantine-pipeline';

const payload = { leads: 'contacts', fields: { lead_id: 'id', email: 'mail' }, event_key: 'delivery' };

/** 25 leads. Those of 3, 13 and 23 have no address. */
const contacts = Array.from({ length: 25 }, (_, id) => ({
  id: `a-${id}`,
  ...(id % 10 === 3 ? {} : { mail: `${id}@example.com` }),
}));

jest.mock('../../../../shared/lambda/metrics');

beforeEach(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(logger, level).mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

describe('a body of more than ten leads', () => {
  it.each([
    ['PutItemCommand', 0],
    ['PutItemCommand', 15],
    ['PutObjectCommand', 12],
    ['UpdateItemCommand', 12],
    ['SendMessageCommand', 4],
    ['SendMessageCommand', 20],
  ])('is answered 503 if a %s fails after %d others, and is complete after a retry', async (name, after) => {
    const on = quarantinePipeline(payload);
    on.failNext(name, after);
    expect((await on.post({ delivery: 'd', contacts })).status).toBe(503);
    expect(on.events().length).toBeLessThan(after > 10 ? 23 : 12);
    on.later(60_000);
    const { status, body } = await on.post({ delivery: 'd', contacts, sent_at: 'later' });
    // 200 if each lead had its event, and only a message was missing.
    expect([200, 202]).toContain(status);
    expect((body.results as readonly object[]).length).toBe(25);
    expect(
      on
        .events()
        .map(({ lead_id }) => lead_id)
        .sort(),
    ).toStrictEqual(
      contacts
        .filter(({ mail }) => mail !== undefined)
        .map(({ id }) => id)
        .sort(),
    );
    expect(await on.items()).toHaveLength(3);
    const queued = on.messages().map((message) => (JSON.parse(message) as { event_id: string }).event_id);
    expect([...new Set(queued)].sort()).toStrictEqual(
      on
        .events()
        .map(({ event_id }) => event_id)
        .sort(),
    );
    for (const { s3_key } of [...on.events(), ...(await on.items())]) expect(on.raw.objects.has(s3_key)).toBe(true);
    on.later(60_000);
    expect((await on.post({ delivery: 'd', contacts })).status).toBe(200);
    expect(on.events()).toHaveLength(22);
    expect(await on.items()).toHaveLength(3);
  });
});
