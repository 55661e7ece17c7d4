import type { LeadId } from '../../../../shared/lead/lead-id';
import type { EmailAddress } from '../../../../shared/lead/email-address';
import type { FoundEnriched, FoundRaw } from '../../../../shared/operations/rebuild/found-objects';
import { rebuildTable } from '../../../../shared/operations/rebuild/rebuild-table';

const receivedAt = '2026-01-31T12:00:00.000Z';
const keys = ['raw/a', 'raw/b', 'raw/c'];
const raw = (key: string): FoundRaw => ({
  kind: 'found',
  raw: {
    event: { source: 'ingest', lead_id: key.slice(4) as LeadId, email: 'a@example.com' as EmailAddress, payload: {} },
    ...{ namespace: 'ingest', eventId: key, s3Key: key as never, correlationId: '', labelled: true },
    ...{ receivedAt, eventTime: receivedAt },
  },
});

/** Rebuilds from three objects. The first one is never readable, and the second one only once. */
const rebuilt = async (
  second: Readonly<{ raw?: FoundRaw; enriched?: FoundEnriched }>,
  mostRemembered: number,
  first: FoundRaw = { kind: 'unreadable' },
) => {
  const problems: string[] = [];
  const leads: string[] = [];
  const reads = new Map<string, number>();
  const isSecond = (key: string): boolean => key === 'raw/b' && (reads.get(key) ?? 0) > 1;
  const report = await rebuildTable(
    {
      listRaw: async function* () {
        yield await Promise.resolve(keys);
      },
      readRaw: (key) => {
        reads.set(key, (reads.get(key) ?? 0) + 1);
        if (key === 'raw/a') return Promise.resolve(first);
        if (!keys.includes(key)) return Promise.resolve({ kind: 'missing' });
        return Promise.resolve((isSecond(key) ? second.raw : undefined) ?? raw(key));
      },
      readEnriched: (key) =>
        Promise.resolve((isSecond(key) ? second.enriched : undefined) ?? { kind: 'missing' as const }),
      writeEvent: () => Promise.resolve('written'),
      writeLead: ({ eventId }) => Promise.resolve(leads.push(eventId)).then(() => 'done'),
      presentEvents: () => Promise.resolve(new Set()),
      pace: () => Promise.resolve(),
      onProgress: () => undefined,
      isInterrupted: () => false,
      onProblem: (key, problem) => void problems.push(`${key} ${problem}`),
    },
    { now: receivedAt, enrichedDays: 400, eventDays: 400, total: 3, isDryRun: false, mostRemembered },
  );
  return { report, problems, leads };
};

describe.each([50_000, 0])('a lead that is written last, with %d remembered keys', (mostRemembered) => {
  it.each([
    ['raw', { raw: { kind: 'unreadable' } }],
    ['enriched', { enriched: { kind: 'refused' } }],
  ] as const)('is named if its %s object cannot be read again', async (_, second) => {
    const { report, problems, leads } = await rebuilt(second, mostRemembered);
    expect(leads).toStrictEqual(['raw/c']);
    expect(problems).toStrictEqual(['raw/a raw-unreadable', 'raw/b lead-unread']);
    expect(report).toMatchObject({ failed: 2, left_out: 1, problems: { 'raw-unreadable': 1, 'lead-unread': 1 } });
  });

  it('is not named if its raw object was deleted meanwhile', async () => {
    const { problems, leads } = await rebuilt({ raw: { kind: 'missing' } }, mostRemembered);
    expect([problems, leads]).toStrictEqual([['raw/a raw-unreadable'], ['raw/c']]);
  });
});

it('does not call an object that the store refuses unreadable, because a later rebuild can find it', async () => {
  const { problems, report } = await rebuilt({}, 50_000, { kind: 'refused' });
  expect(problems).toStrictEqual(['raw/a raw-refused']);
  expect(report).toMatchObject({ left_out: 1, failed: 2 });
});
