import fc from 'fast-check';
import { LineOrder, mostWaiting } from '../../../../../shared/operations/tail/line-order';
import { type LogLine, loggingFunctions } from '../../../../../shared/operations/tail/log-line';
import { tailLog, type TailRequest } from '../../../../../shared/operations/tail/tail-log';
import { virtualClock } from '../overview/virtual-clock';
import { logDouble } from './log-double';

const now = '2026-01-31T12:30:00.000Z';
const at = (ms: number): string => new Date(Date.parse(now) + ms).toISOString();

const opened = (more: Partial<TailRequest> = {}) => {
  const time = virtualClock(now);
  const log = logDouble(2);
  const failures: unknown[] = [];
  const abort = new AbortController();
  const lines: LogLine[] = [];
  const start = async (): Promise<void> => {
    const ports = { readLog: log.readLog, clock: time.clock, onFailure: (error: unknown) => void failures.push(error) };
    const request = { functions: loggingFunctions, filter: {}, since: Date.parse(at(-600_000)), isFollowed: true };
    for await (const some of tailLog(ports, { ...request, ...more }, abort.signal)) lines.push(...some);
  };
  return { ...time, log, failures, abort, start, messages: () => lines.map(({ fields }) => fields.message) };
};

describe('the lines of several functions', () => {
  it('come in the order of their times, those of Lambda and of metrics left out', async () => {
    const { log, start, messages } = opened({ isFollowed: false });
    // A local cloud writes all lines of an invocation when it ends.
    log.write('EnrichmentFunction', at(-300_000), 'second', {}, Date.parse(at(-298_000)));
    log.write('EnrichmentFunction', at(-299_000), 'fourth', {}, Date.parse(at(-298_000)));
    log.write('IngestionFunction', at(-299_500), 'third');
    log.write('IngestionFunction', at(-500_000), 'first');
    log.write('ReconcileFunction', at(-700_000), 'before the time');
    log.writeText('IngestionFunction', Date.parse(at(-1)), 'START RequestId: 1');
    log.writeText('IngestionFunction', Date.parse(at(-1)), '{"_aws":{},"LeadAccepted":1}');
    // Between two slices of time, too.
    log.write('EnrichmentFunction', at(-541_000), 'before the first', {}, Date.parse(at(-539_000)));
    log.write('IngestionFunction', at(-540_500), 'nearly the first');
    await start();
    expect(messages()).toStrictEqual(['before the first', 'nearly the first', 'first', 'second', 'third', 'fourth']);
  });

  it('are followed: each new line once, also one that arrives late', async () => {
    const { log, start, messages, advance, abort, waiting } = opened();
    log.write('IngestionFunction', at(-1_000), 'old');
    const following = start();
    await advance(3_000);
    expect(messages()).toStrictEqual(['old']);
    log.write('IngestionFunction', at(3_100), 'new');
    await advance(1_500);
    // It was written before, and arrives after a line of another function.
    log.write('EnrichmentFunction', at(2_500), 'late');
    await advance(6_000);
    expect(messages()).toStrictEqual(['old', 'late', 'new']);
    await advance(60_000);
    expect(messages()).toStrictEqual(['old', 'late', 'new']);
    abort.abort();
    await following;
    expect(waiting()).toBe(0);
  });

  it('are printed once when they arrive 40 s late, as the first lines of a long invocation on a local cloud', async () => {
    const { log, start, messages, advance, abort } = opened();
    const following = start();
    await advance(20_000);
    log.write('IngestionFunction', at(20_100), 'in time');
    await advance(30_000);
    log.write('EnrichmentFunction', at(10_000), 'began 40 s before');
    await advance(10_000);
    expect(messages()).toStrictEqual(['in time', 'began 40 s before']);
    await advance(120_000);
    expect(messages()).toStrictEqual(['in time', 'began 40 s before']);
    abort.abort();
    await following;
  });

  it('are printed up to the last one when the following ends', async () => {
    const { log, start, messages, advance, abort } = opened();
    const following = start();
    await advance(5_000);
    log.write('IngestionFunction', at(5_100), 'the last one');
    await advance(1_500);
    abort.abort();
    await following;
    expect(messages()).toStrictEqual(['the last one']);
  });

  it('go on after a failure of the cloud, without a gap and ever more seldom while it lasts', async () => {
    const { log, start, messages, advance, abort, failures } = opened();
    const following = start();
    await advance(2_000);
    log.fail('ECONNREFUSED');
    log.write('IngestionFunction', at(3_000), 'during the failure');
    await advance(120_000);
    log.write('IngestionFunction', at(100_000), 'late in the failure');
    expect(failures.length).toBeGreaterThan(4);
    expect(failures.length).toBeLessThan(12);
    log.fail(undefined);
    await advance(60_000);
    expect(messages()).toStrictEqual(['during the failure', 'late in the failure']);
    abort.abort();
    await following;
  });

  it('end with the error if the log cannot be read at first', async () => {
    const { log, start } = opened();
    log.fail('AccessDeniedException');
    await expect(start()).rejects.toMatchObject({ failure: { cause: 'AccessDeniedException' } });
  });

  it.each([
    [{ leadId: 'a' }, ['batch', 'about a']],
    [{ source: 'crm' }, ['about a']],
    [{ level: 'WARN' as const }, ['warned', 'failed']],
    [{ level: 'ERROR' as const }, ['failed']],
  ])('are filtered by %j', async (filter, expected) => {
    const { log, start, messages } = opened({ isFollowed: false, filter });
    log.write('EnrichmentFunction', at(-9_000), 'batch', { messages: [{ lead_id: 'b' }, { lead_id: 'a' }] });
    log.write('EnrichmentFunction', at(-8_000), 'about a', { lead_id: 'a', source: 'crm' });
    log.write('EnrichmentFunction', at(-7_000), 'about ab', { lead_id: 'ab', source: 'shop' });
    log.write('EnrichmentFunction', at(-6_000), 'warned', { level: 'WARN' });
    log.write('EnrichmentFunction', at(-5_000), 'failed', { level: 'ERROR' });
    await start();
    expect(messages()).toStrictEqual(expected);
  });

  it('are read with few calls if there are none for 20 years', async () => {
    const { log, start, messages } = opened({ isFollowed: false, since: Date.parse(at(-20 * 365 * 86_400_000)) });
    log.write('QueryFunction', at(-5_000), 'the only line');
    await start();
    expect(messages()).toStrictEqual(['the only line']);
    expect(log.reads.length).toBeLessThan(100);
  });

  it('are read once and in order if a long time without lines is followed by many of them', async () => {
    const { log, start, messages } = opened({ isFollowed: false, since: Date.parse(at(-1_000 * 86_400_000)) });
    const written = Array.from({ length: 12_000 }, (_, index) => -(index + 1) * 60_000);
    for (const ms of written) log.write('QueryFunction', at(ms), String(ms));
    await start();
    expect(messages()).toStrictEqual([...written].reverse().map(String));
    expect(log.reads.length).toBeLessThan(300);
  });

  it('are read in slices that end at the present, also if there are none for days', async () => {
    const { log, start } = opened({ isFollowed: false, since: Date.parse(at(-30 * 86_400_000)) });
    await start();
    const slices = log.reads.filter(([name]) => name === 'IngestionFunction');
    expect(slices.length).toBeLessThan(50);
    slices.forEach(([, from], index) => {
      if (index > 0) expect(from).toBe((slices[index - 1]?.[2] ?? 0) + 1);
    });
    expect(slices.at(-1)?.[2]).toBe(Date.parse(now));
  });
});

test('lines in any order and in any slices come once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...loggingFunctions), fc.integer({ min: -600_000, max: 0 })), {
        maxLength: 60,
      }),
      async (written) => {
        const { log, start, messages } = opened({ isFollowed: false });
        written.forEach(([name, ms], index) => log.write(name, at(ms), `${index}`));
        await start();
        const times = messages().map((message) => written[Number(message)]?.[1] ?? NaN);
        expect(times).toStrictEqual([...times].sort((a, b) => a - b));
        expect(new Set(messages()).size).toBe(written.length);
      },
    ),
    { numRuns: 100 },
  );
});

test('no more lines wait than fit, whatever their times are', () => {
  const order = new LineOrder();
  const line = (time: number): LogLine => ({
    functionName: 'QueryFunction',
    time,
    fields: { level: 'INFO', message: '', timestamp: '' },
  });
  for (let time = mostWaiting; time >= 0; time -= 1) order.add(line(time));
  const released = order.release(0);
  expect(released.length).toBeGreaterThan(mostWaiting / 2);
  expect(released[0]?.time).toBe(0);
});
