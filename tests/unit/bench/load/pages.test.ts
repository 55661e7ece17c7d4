import { chartsOf } from '../../../../bench/load/charts';
import { svgOf } from '../../../../bench/load/chart';
import { pageOf } from '../../../../bench/load/page';
import type { LoadRun } from '../../../../bench/load/record';
import { summarize } from '../../../../bench/load/summarize';
import { loadLeads } from '../../../../bench/load/leads';
import { loadSources } from '../../../../bench/load/sources';

/** 400 leads, 10 a second. Each is accepted after 50 ms, due after 1 s, and mailed 200 ms after that. */
const run = (): LoadRun => {
  const leads = Array.from({ length: 400 }, (_, index) => {
    const sentMs = 1_000_000 + index * 100;
    return { sentMs, acceptedMs: sentMs + 50, dueMs: sentMs + 1000, mailedMs: sentMs + 1200 };
  });
  const seconds = Array.from({ length: 43 }, (_, index) => index);
  return summarize({
    date: '2026-11-26',
    machine: { processor: 'a processor', cores: 2, node: '24.0.0', load: [1, 2] },
    ratePerSecond: 10,
    delaySeconds: 1,
    invocations: { IngestionFunction: { count: 400, averageMs: 40 } },
    planned: loadLeads(400, loadSources()),
    sent: leads.map(({ sentMs, acceptedMs }, index) => ({
      dueMs: sentMs,
      endedMs: acceptedMs,
      answers: index === 0 ? [503, 202] : [202],
      eventId: `e${index}`,
    })),
    leads,
    samples: seconds.map((second) => ({
      atMs: 1_000_000 + second * 1000,
      cpuMs: { IngestionFunction: second * 100, EnrichmentFunction: second * 200, emulator: second * 300 },
      bytes: { IngestionFunction: 80e6, EnrichmentFunction: 90e6, emulator: 100e6 },
      yardstickMs: 2,
      queued: second,
    })),
  });
};

test('a run is summed up by its rates, its times and its costs', () => {
  const { throughput, accepted, dueToMailed, answers, sources, mostQueued, cpuPerLead, memory } = run();
  expect(throughput.accepted).toBeCloseTo(10);
  expect(throughput.mailed).toBeCloseTo(10);
  expect(accepted).toStrictEqual({ p50: 50, p99: 50, max: 50 });
  expect(dueToMailed).toStrictEqual({ p50: 200, p99: 200, max: 200 });
  expect(answers).toStrictEqual({ '202': 400, '503': 1 });
  expect(sources).toStrictEqual({ ingest: 100, 'load-body': 100, 'load-header': 100, 'load-signed': 100 });
  expect(mostQueued).toBe(42);
  expect(cpuPerLead.EnrichmentFunction?.late).toBeCloseTo(20);
  expect(memory.IngestionFunction?.ratio).toBe(1);
});

test('the timeline has the leads of each second where they happened', () => {
  const { timeline } = run();
  expect(timeline).toHaveLength(42);
  expect(timeline[0]).toMatchObject({ seconds: 1, acceptedPerSecond: 10, mailedPerSecond: 0, queued: 0 });
  expect(timeline[1]).toMatchObject({ mailedPerSecond: 8, dueToMailed: { p50: 200 } });
  expect(timeline.reduce((sum, { mailedPerSecond }) => sum + mailedPerSecond, 0)).toBe(400);
});

test('the page says what was measured', () => {
  const page = pageOf(run());
  expect(page).toContain('| leads | 400, from 4 sources |');
  expect(page).toContain('| answers | 202: 400, 503: 1 |');
  expect(page).toContain('| from due to mailed | 200 ms | 200 ms | 200 ms |');
});

test('the page says whether the bounds are met, except of a run that is too short for them', () => {
  const [short, long] = [pageOf(run()), pageOf({ ...run(), leads: 5000 })];
  expect(long).toContain('| EnrichmentFunction | 20.0 ms | 20.0 ms | 1.00 | 1.00 | 1.1 | yes |');
  expect(long).toContain('| EnrichmentFunction | 90 MB | 90 MB | 0.00 MB | 1.00 | 1.1 | yes |');
  expect(long).not.toContain('not judged');
  expect(short).toContain('| EnrichmentFunction | 20.0 ms | 20.0 ms | 1.00 | 1.00 | 1.1 |  |');
  expect(short).toContain('not judged');
});

test('the picture has a line for each series, with numbers only, and colours for light and dark pages', () => {
  const svg = svgOf(chartsOf(run()), 'a < b');
  expect(svg.match(/<path class="line /g)).toHaveLength(8);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(svg).toContain('aria-label="a &lt; b"');
  expect(svg).toContain('prefers-color-scheme: dark');
});
