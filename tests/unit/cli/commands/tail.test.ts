import { CommanderError } from 'commander';
import { tailCommand } from '../../../../cli/commands/tail';
import { StoreError } from '../../../../shared/operations/store-error';
import { maskSecrets, withoutSecrets } from '../../../../shared/codecs/mask-secrets';
import { logDouble } from '../../shared/operations/tail/log-double';
import { virtualClock } from '../../shared/operations/overview/virtual-clock';
import { running } from './session-double';

const now = '2026-01-31T12:30:00.000Z';
const at = (ms: number): string => new Date(Date.parse(now) + ms).toISOString();

const opened = () => {
  const log = logDouble();
  const time = virtualClock(now);
  let interrupt = (): void => undefined;
  const run = running({}, (session) => {
    interrupt = session.interrupt;
    return tailCommand({ ...session, logs: () => Promise.resolve(log.readLog) }, time.clock);
  });
  return { log, time, run, interrupt: () => interrupt() };
};

describe('leadline tail', () => {
  it('prints a readable line for people, and all fields for programs', async () => {
    const { log, run } = opened();
    log.write('EnrichmentFunction', at(-5_000), 'lead notified', {
      lead_id: 'test-2',
      event_id: '1ab1a986149912074d3b82b5f5d0b1c8',
      source: 'ingest',
      late_ms: 1_015,
      function_request_id: 'r',
      correlation_id: 'c',
    });
    log.write('EnrichmentFunction', at(-6_000), 'batch started', { messages: [{ lead_id: 'a' }, { lead_id: 'b' }] });
    const { lines, printed, outcome } = await run('--no-follow');
    expect(lines).toStrictEqual([
      '2026-01-31T12:29:54.000Z INFO  enrichment – batch started messages=2',
      '2026-01-31T12:29:55.000Z INFO  enrichment test-2 lead notified event_id=1ab1a9861499 source=ingest late_ms=1015',
    ]);
    expect(printed[1]).toMatchObject({ function: 'EnrichmentFunction', correlation_id: 'c', late_ms: 1_015 });
    expect(outcome).toStrictEqual({ nothingMatched: false });
  });

  it('shows which secret of its source a request had, under a name that the output does not mask', async () => {
    const { log, run } = opened();
    log.write('IngestionFunction', at(-2_000), 'lead accepted', { source: 'billing', secret: 'previous' });
    log.write('IngestionFunction', at(-1_000), 'odd', { source: 'billing', secret: 'money-talks-99' });
    const { lines, printed } = await run('--no-follow');
    expect(lines.map(maskSecrets)).toStrictEqual([
      expect.stringMatching(/lead accepted source=billing key_matched=previous$/) as string,
      expect.stringMatching(/odd source=billing secret=\*\*\*$/) as string,
    ]);
    expect(printed.map(withoutSecrets)).toMatchObject([{ key_matched: 'previous' }, { secret: '***' }]);
  });

  it.each([
    ['10m', at(-600_000)],
    ['90s', at(-90_000)],
    ['2h', at(-7_200_000)],
    ['1d', at(-86_400_000)],
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T13:00:00+01:00', '2026-01-31T12:00:00.000Z'],
  ])('reads --since %s from %s on', async (text, from) => {
    const { log, run } = opened();
    await run('--no-follow', '--since', text);
    expect(log.reads[0]?.[1]).toBe(Date.parse(from));
  });

  it.each([
    ['--since', '10'],
    ['--since', 'yesterday'],
    ['--level', 'loud'],
    ['--lead', 'a b'],
  ])('refuses %s %s', async (...args) => {
    const { log, run } = opened();
    const { error } = await run(...args);
    expect(error).toBeInstanceOf(CommanderError);
    expect(log.reads).toStrictEqual([]);
  });

  it.each([
    ['20000d', /before 2014-07-10/],
    ['0206-01-31', /before 2014-07-10/],
    ['2026-02-01', /in the future/],
    ['2062-01-31T12:00:00Z', /in the future/],
  ])('refuses --since %s, at which no line can have been written', async (text, why) => {
    const { log, run } = opened();
    const { error } = await run('--no-follow', '--since', text);
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(why) as string });
    expect(log.reads).toStrictEqual([]);
  });

  it('says that nothing matched a filter', async () => {
    const { log, run } = opened();
    log.write('QueryFunction', at(-5_000), 'query answered');
    expect((await run('--no-follow', '--lead', 'x')).outcome).toStrictEqual({ nothingMatched: true });
    expect((await run('--no-follow', '--level', 'info')).outcome).toStrictEqual({ nothingMatched: false });
  });

  it('says that the local cloud was stopped, and what starts it', async () => {
    process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
    try {
      const { log, run, time, interrupt } = opened();
      const following = run();
      await time.advance(2_000);
      log.fail('ECONNREFUSED');
      await time.advance(20_000);
      interrupt();
      expect((await following).notes).toStrictEqual([
        expect.stringMatching(/127\.0\.0\.1:4566 is not running.*npm start.*Trying again\.$/) as string,
      ]);
    } finally {
      delete process.env.AWS_ENDPOINT_URL;
    }
  });

  it('notes once that the cloud does not answer, and goes on; a missing permission ends it', async () => {
    const { log, run, time, interrupt } = opened();
    const following = run();
    await time.advance(2_000);
    log.fail('ECONNREFUSED');
    await time.advance(20_000);
    log.fail(undefined);
    log.write('IngestionFunction', at(22_000), 'lead accepted');
    await time.advance(60_000);
    interrupt();
    const ended = await following;
    expect(ended.error).toBeUndefined();
    expect(ended.notes).toStrictEqual(['The log store failed: ECONNREFUSED. Trying again.']);
    expect(ended.lines).toHaveLength(1);

    const denied = opened();
    const ending = denied.run();
    await denied.time.advance(2_000);
    denied.log.fail('AccessDeniedException');
    await denied.time.advance(5_000);
    expect((await ending).error).toBeInstanceOf(StoreError);
  });
});
