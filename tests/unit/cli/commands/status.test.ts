import type { OverviewPorts } from '../../../../shared/operations/overview/overview-ports';
import { overview } from '../../../../shared/operations/views/overview';
import { statusCommand } from '../../../../cli/commands/status';
import { StoreError } from '../../../../shared/operations/store-error';
import { facts, tableDouble } from '../../shared/operations/overview/table-double';
import { virtualClock } from '../../shared/operations/overview/virtual-clock';
import { running } from './session-double';

const now = '2026-01-31T12:30:00.000Z';

/** A table with an event of each kind, and `leadline status` over it. */
const opened = (width?: number) => {
  const table = tableDouble();
  table.put(facts('a', { due_at: '2026-01-31T12:38:12.000Z' }));
  table.put(facts('b', { state: 'NOTIFIED', notified_at: '2026-01-31T11:10:01.500Z' }));
  table.put(facts('c', { state: 'FAILED', failed_at: '2026-01-31T11:30:00.000Z', reason: 'owner-missing' }));
  const time = virtualClock(now);
  return { table, time, run: statusOver(table.ports, time, width) };
};

const statusOver = (ports: OverviewPorts, { clock }: ReturnType<typeof virtualClock>, width = Infinity) =>
  running({}, (session) =>
    statusCommand({ ...session, overview: () => Promise.resolve(ports), width: () => width }, clock),
  );

describe('leadline status', () => {
  it('shows the overview, and leaves nothing running', async () => {
    const { run, time } = opened();
    const { printed, lines, notes, outcome, error } = await run();
    expect(error).toBeUndefined();
    expect(outcome).toStrictEqual({ leftAlone: false });
    expect(notes).toStrictEqual([]);
    expect(printed).toHaveLength(1);
    expect(overview.is(printed[0])).toBe(true);
    expect(lines).toContain('Events         1 RECEIVED, 0 CLAIMED, 1 NOTIFIED, 1 FAILED, 0 DISCARDED');
    expect(lines).toContain('Received       ······················█· 3 in 24 h, 3 in 30 days');
    expect(lines).toContain('Due to mailed  p50 1.5 s, p99 1.5 s, of 1 mail in 24 h');
    expect(lines).toContain('Delay queue    1 waiting, 2 in flight; next due in 8 min');
    expect(lines).toContain('Failed events  1 owner-missing; oldest failed 60 min ago');
    expect(lines).toContain('Dead letters   5 waiting, 6 held');
    expect(lines).toContain('Quarantine     2 waiting; oldest 37 h ago; 1 body, 1 lead');
    expect(lines.find((line) => line.startsWith('crm '))).toMatch(
      /^crm +90 min ago +0 +3 +1 +0 +0 +0\/0\/0 +– +·{22}█·$/,
    );
    expect(time.waiting()).toBe(0);
  });

  it.each([
    [11, 'Failed events  11 owner-missing; oldest failed 60 min ago'],
    [
      12,
      'Failed events  12 owner-missing; oldest failed 60 min ago; more than there are dead letters: ' +
        'leadline dlq missing lists those without one',
    ],
  ])(
    'names what lists failed events without a dead letter if there are more than dead letters: %d',
    async (count, text) => {
      const { table, run } = opened();
      for (let added = 1; added < count; added += 1)
        table.put(
          facts(`f${added}`, { state: 'FAILED', failed_at: '2026-01-31T12:00:00.000Z', reason: 'owner-missing' }),
        );
      const { lines } = await run();
      expect(lines).toContain(text);
      // The reasons are those of events.
      expect(lines).toContain('Dead letters   5 waiting, 6 held');
    },
  );

  it.each([[[]], [['--watch']]])('shows every number on a terminal of any width, with %j', async (options) => {
    const texts = async (width: number): Promise<readonly string[]> => {
      const { table, time } = opened();
      let interrupt = (): void => undefined;
      const run = running({}, (session) => {
        interrupt = session.interrupt;
        const ports = { ...session, overview: () => Promise.resolve(table.ports), width: () => width };
        return statusCommand(ports, time.clock);
      });
      const ending = run(...options);
      await time.settle();
      if (options.length > 0) interrupt();
      return (await ending).lines;
    };
    for (const width of [26, 39, 60, 79, 100, 119]) {
      const lines = await texts(width);
      expect(lines.filter((line) => line.length > width)).toStrictEqual([]);
      const text = lines.join(' ').replace(/ +/g, ' ');
      expect(text).toContain('1 RECEIVED, 0 CLAIMED, 1 NOTIFIED, 1 FAILED, 0 DISCARDED');
      expect(text).toContain('Failed events 1 owner-missing; oldest failed 60 min ago');
      expect(text).toContain('5 waiting, 6 held');
      expect(text).toMatch(/crm (LAST LEAD )?90 min ago,? (1 H )?0,? (24 H )?3,? (FAILED )?1,? (QUARANTINE )?0,? /);
    }
  });

  it.each([
    [120, / SILENT +BY HOUR$/],
    [79, / KEYS 1\/2\/PREV +SILENT$/],
    [40, undefined],
  ])(
    'in %d columns has the numbers by hour last, then without them, then each source on its own',
    async (width, heading) => {
      const { lines } = await opened(width).run();
      const found = lines.find((line) => line.startsWith('SOURCE '));
      if (heading === undefined) expect(found).toBeUndefined();
      else expect(found).toMatch(heading);
    },
  );

  it('ends with an error of its own code, and leaves nothing running', async () => {
    const { table, time } = opened();
    const { error } = await running({}, (session) =>
      statusCommand(
        {
          ...session,
          overview: () => Promise.resolve(table.ports),
          onProgress: () => {
            throw new TypeError('a bug');
          },
        },
        time.clock,
      ),
    )();
    expect(error).toStrictEqual(new TypeError('a bug'));
    expect(time.waiting()).toBe(0);
  });

  it('waits for the count of all events', async () => {
    const { run, table, time } = opened();
    const held: (() => void)[] = [];
    table.setBetweenPages(() => new Promise((resolve) => held.push(resolve)));
    const shown = run();
    await time.settle();
    await time.advance(10_000);
    for (const release of held) release();
    expect((await shown).lines).toContain('Events         1 RECEIVED, 0 CLAIMED, 1 NOTIFIED, 1 FAILED, 0 DISCARDED');
  });

  it('shows what it may read, says which permission is missing, and fails', async () => {
    const { run, table } = opened();
    table.failing.set('scanPage', 'AccessDeniedException');
    const { lines, notes, outcome, error } = await run();
    expect(error).toBeUndefined();
    expect(outcome).toStrictEqual({ leftAlone: true });
    expect(notes).toStrictEqual([
      'Number of events not read: access is denied (AccessDeniedException). It needs a:scanPage.',
    ]);
    expect(lines).toContain('Events         1 RECEIVED, 0 CLAIMED, 0 NOTIFIED, 0 FAILED, 0 DISCARDED (still counting)');
  });

  it('says once that the local cloud was stopped, and what starts it', async () => {
    process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
    try {
      const { run, table } = opened();
      for (const name of ['scanPage', 'readQuarantine'] as const) table.failing.set(name, 'ECONNREFUSED');
      expect((await run()).notes).toStrictEqual([
        expect.stringMatching(/127\.0\.0\.1:4566 is not running.*npm start/) as string,
      ]);
    } finally {
      delete process.env.AWS_ENDPOINT_URL;
    }
  });

  it('fails with the error of the cloud if neither events nor queues can be read', async () => {
    const { run, table, time } = opened();
    for (const name of Object.keys(table.ports) as (keyof OverviewPorts)[]) table.failing.set(name, 'ECONNREFUSED');
    const { printed, error } = await run();
    expect(printed).toStrictEqual([]);
    expect(error).toBeInstanceOf(StoreError);
    expect((error as StoreError).failure).toMatchObject({ cause: 'ECONNREFUSED' });
    expect(time.waiting()).toBe(0);
  });

  it('counts a table above the limit only with --count', async () => {
    const { run, table } = opened();
    table.setAbout(1_000_001);
    const { lines } = await run();
    expect(lines).toContain('Events         not counted: about 1000001 items, more than 1000000. Add --count.');
    // The source is known by its quarantine, and what it sent in each hour is not.
    expect(lines.find((line) => line.startsWith('shop '))).toMatch(/^shop +– +– +– +– +2 /);
    const asked = opened();
    asked.table.setAbout(1_000_001);
    expect((await asked.run('--count')).lines).toContain(
      'Events         1 RECEIVED, 0 CLAIMED, 1 NOTIFIED, 1 FAILED, 0 DISCARDED',
    );
  });

  it('with --watch draws each change, until it is interrupted', async () => {
    const { table, time } = opened();
    let interrupt = (): void => undefined;
    const run = running({}, (session) => {
      interrupt = session.interrupt;
      return statusCommand({ ...session, overview: () => Promise.resolve(table.ports) }, time.clock);
    });
    const running_ = run('--watch');
    await time.settle();
    table.put(facts('d'));
    await time.advance(2_500);
    await time.advance(6_000);
    interrupt();
    const { printed, outcome } = await running_;
    expect(outcome).toStrictEqual({});
    // Once at the start, once for the new event, and once because the queues were read again after 5 s.
    const received = printed.map((one) => overview.is(one) && one.events?.RECEIVED);
    expect(received).toStrictEqual([1, 2, 2]);
    expect(time.waiting()).toBe(0);
  });
});
