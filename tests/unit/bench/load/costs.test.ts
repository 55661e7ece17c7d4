import { checkBounds } from '../../../../bench/load/bounds';
import { costOf, memoryChange } from '../../../../bench/load/costs';
import { cpuMeter, memoryOf, type Sample } from '../../../../bench/load/sampler';

const leads = 8_000;

/** A lead is done every 10 ms, and a sample is taken each second. */
const doneMs = Array.from({ length: leads }, (_, index) => index * 10);

const sampled = (of: (seconds: number) => Readonly<{ cpuMs: number; bytes?: number; yardstickMs?: number }>) =>
  Array.from({ length: leads / 100 + 1 }, (_, seconds): Sample => {
    const { cpuMs, bytes = 100, yardstickMs = 2 } = of(seconds);
    return { atMs: seconds * 1000, cpuMs: { f: cpuMs }, bytes: { f: bytes }, yardstickMs };
  });

test('the cost of a lead does not count the warm-up', () => {
  // 100 leads a second at 3 ms each. The first ten seconds cost as much again.
  const samples = sampled((seconds) => ({ cpuMs: seconds * 300 + Math.min(seconds, 10) * 300 }));
  const { early, late, ratio } = costOf(samples, 'f', doneMs);
  expect([early, late, ratio].map((value) => value.toFixed(2))).toStrictEqual(['3.00', '3.00', '1.00']);
});

test('a lead that costs more at the end has a greater ratio, even if the processor became faster', () => {
  const slower = (yardstickMs: (seconds: number) => number) =>
    costOf(
      sampled((seconds) => ({
        cpuMs: seconds * 300 + Math.max(0, seconds - 40) * 150,
        yardstickMs: yardstickMs(seconds),
      })),
      'f',
      doneMs,
    );
  expect(slower(() => 2).ratio).toBeCloseTo(1.5);
  expect(slower((seconds) => (seconds > 40 ? 1 : 2)).ratio).toBeCloseTo(3);
  // All programs need more CPU time then, and so did the yardstick.
  expect(slower((seconds) => (seconds > 40 ? 3 : 2))).toMatchObject({ slowdown: 1.5, early: 3, late: 4.5, ratio: 1 });
});

test('memory is compared after it has settled', () => {
  const settled = memoryChange(
    sampled((seconds) => ({ cpuMs: 0, bytes: Math.min(seconds, 20) * 5 })),
    'f',
    doneMs,
  );
  expect(settled).toStrictEqual({ early: 100, late: 100, ratio: 1, per1000Leads: 0 });
  const leaking = memoryChange(
    sampled((seconds) => ({ cpuMs: 0, bytes: 100 + seconds })),
    'f',
    doneMs,
  );
  expect(leaking).toMatchObject({ early: 130, late: 170, per1000Leads: 10 });
});

const cost = (ratio: number) => ({ early: 1, late: ratio, slowdown: 1, ratio });
const memory = (ratio: number) => ({ early: 1, late: ratio, ratio, per1000Leads: 0 });

test('a cost or a memory that grows by more than a tenth fails a long run, and one that was not measured does', () => {
  const failures = (run: Parameters<typeof checkBounds>[0]) => checkBounds(run).flatMap(({ violations }) => violations);
  const good = { IngestionFunction: 1.1, EnrichmentFunction: 0.9, emulator: 9 };
  const map = <A>(of: (ratio: number) => A, ratios: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(ratios).map(([name, ratio]) => [name, of(ratio)]));
  const run = { leads: 20_000, cpuPerLead: map(cost, good), memory: map(memory, good) };
  expect(failures(run)).toStrictEqual([]);
  expect(failures({ ...run, cpuPerLead: map(cost, { ...good, IngestionFunction: 1.11 }) })).toStrictEqual([
    'IngestionFunction: 1.11, at most 1.1',
  ]);
  expect(failures({ ...run, memory: map(memory, { IngestionFunction: 1 }) })).toHaveLength(1);
  expect(failures({ ...run, leads: 1000, memory: {} })).toStrictEqual([]);
});

test('the CPU time of a worker still counts when the worker has ended, and the largest worker is its memory', () => {
  const emulator = { pid: 1, cpuMs: 5, bytes: 50 };
  const worker = (pid: number, cpuMs: number, bytes: number) => ({ pid, cpuMs, bytes, functionName: 'f' });
  const meter = cpuMeter();
  const both = { emulator, workers: [worker(2, 10, 70), worker(3, 20, 60)] };
  expect(meter(both)).toStrictEqual({ emulator: 5, f: 30 });
  expect(memoryOf(both)).toStrictEqual({ emulator: 50, f: 70 });
  expect(meter({ emulator, workers: [worker(3, 25, 60), worker(4, 1, 40)] })).toStrictEqual({ emulator: 5, f: 36 });
});
