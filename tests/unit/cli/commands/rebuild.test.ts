import { rebuildCommand } from '../../../../cli/commands/rebuild';
import { running } from './session-double';

const key = (id: string): string => `raw/${id}.json`;

/** A stack with some raw objects, none of which can be read, and some that are events. */
const rebuilding = (
  readable: readonly string[],
  broken: readonly string[] = [],
  quarantined: readonly string[] = [],
) => {
  const written: string[] = [];
  const tables: (string | undefined)[] = [];
  const keys = [...readable, ...broken].map(key);
  const run = running(
    {
      rebuild: (table) => {
        tables.push(table);
        return {
          listRaw: async function* () {
            yield await Promise.resolve(keys);
          },
          readRaw: (read) =>
            Promise.resolve(
              broken.map(key).includes(read) || !keys.includes(read)
                ? { kind: 'unreadable' }
                : {
                    kind: 'found',
                    raw: {
                      event: {
                        source: 'ingest',
                        lead_id: read.slice(4) as never,
                        email: 'a@example.com' as never,
                        payload: {},
                      },
                      ...{ namespace: 'ingest', eventId: read, s3Key: read, correlationId: '', labelled: true },
                      ...{ receivedAt: '2026-01-31T12:00:00.000Z', eventTime: '2026-01-31T12:00:00.000Z' },
                    },
                  },
            ),
          readEnriched: () => Promise.resolve({ kind: 'missing' }),
          writeEvent: ({ facts }) => {
            written.push(facts.event_id);
            return Promise.resolve('written');
          },
          writeLead: ({ eventId }) => Promise.resolve(eventId === 'raw/large.json' ? 'refused' : 'done'),
          presentEvents: () => Promise.resolve(new Set()),
        };
      },
      rebuildQuarantine: () => ({
        listQuarantine: async function* () {
          yield await Promise.resolve(quarantined);
        },
        rebuildRequest: (id) => {
          written.push(id);
          return Promise.resolve('written');
        },
      }),
      rebuildSettings: () => ({ now: '2026-02-01T00:00:00.000Z', enrichedDays: 400, eventDays: 400 }),
    },
    rebuildCommand,
  );
  return { run, written, tables };
};

describe('leadline rebuild', () => {
  it('asks first, and writes nothing without a terminal', async () => {
    const { run, written } = rebuilding(['a']);
    const { error } = await run();
    expect(error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(written).toStrictEqual([]);
  });

  it('asks first if there are quarantined requests only', async () => {
    const { run, written } = rebuilding([], [], ['quarantine/acme/1.json']);
    const { error } = await run();
    expect(error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(written).toStrictEqual([]);
  });

  it('counts only in a dry run, without a question', async () => {
    const { run, written } = rebuilding(['a', 'b']);
    const { printed, lines, error } = await run('--dry-run');
    expect(error).toBeUndefined();
    expect(printed).toMatchObject([{ objects: 2, failed: 2, dry_run: true }]);
    expect(lines.join('\n')).toContain('2 events would be rebuilt');
    expect(written).toStrictEqual([]);
  });

  it('rebuilds what it can, names what it cannot, and is not a success then', async () => {
    const { run, written } = rebuilding(['a'], ['broken']);
    const { printed, notes, outcome } = await run('--yes');
    expect(printed).toMatchObject([{ objects: 2, failed: 1, left_out: 1, problems: { 'raw-unreadable': 1 } }]);
    expect(notes.join('\n')).toContain('raw/broken.json: left out');
    expect(notes.join('\n')).toContain('leadline dlq missing --redrive');
    expect(written).toStrictEqual(['raw/a.json']);
    expect(outcome).toMatchObject({ leftAlone: true, nothingMatched: false });
  });

  it('names an object whose lead is not accepted, and is not a success then', async () => {
    const { printed, notes, outcome } = await rebuilding(['a', 'large']).run('--yes');
    expect(printed).toMatchObject([{ objects: 2, failed: 2, left_out: 0, problems: { 'lead-refused': 1 } }]);
    expect(notes.join('\n')).toContain('raw/large.json: rebuilt without its lead');
    expect(outcome).toMatchObject({ leftAlone: true });
  });

  it('succeeds if all objects are rebuilt, and matches nothing without objects', async () => {
    expect((await rebuilding(['a']).run('--yes')).outcome).toMatchObject({ leftAlone: false, nothingMatched: false });
    expect((await rebuilding([]).run()).outcome).toMatchObject({ nothingMatched: true });
  });

  it('names at most 100 objects with problems', async () => {
    const broken = Array.from({ length: 150 }, (_, index) => `broken-${index}`);
    const { notes, printed } = await rebuilding([], broken).run('--yes');
    expect(notes.filter((line) => line.includes('broken-'))).toHaveLength(100);
    expect(printed).toMatchObject([{ left_out: 150 }]);
  });

  it('writes to the table that the operator names', async () => {
    const { run, tables } = rebuilding(['a']);
    await run('--yes', '--table', 'restored');
    expect(new Set(tables)).toStrictEqual(new Set(['restored']));
  });

  it('refuses the ARN of a table, because it may be the table of the stack', async () => {
    const { run, tables } = rebuilding(['a']);
    const { error } = await run('--yes', '--table', 'arn:aws:dynamodb:eu-north-1:123456789012:table/data-table');
    expect(error).toMatchObject({ code: 'commander.invalidArgument' });
    expect(tables).toStrictEqual([]);
  });
});
