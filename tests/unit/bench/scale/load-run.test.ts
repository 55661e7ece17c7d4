import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/Either';
import { loadRun } from '../../../../bench/load/record';
import { embeddedWorkers, inputOf, predictRun } from '../../../../bench/scale/load-run';
import { root } from '../../../../dev/paths';

const run = {
  leads: 1_000,
  ratePerSecond: 10,
  delaySeconds: 20,
  workers: 8,
  cores: 2,
  cpuSecondsPerLead: 0.05,
  secondsPerRequest: 0.1,
  secondsPerBatch: 0.5,
  leadsPerBatch: 4,
};

test('below its capacity the pipeline passes on what comes in', () => {
  expect(predictRun(run)).toStrictEqual({
    acceptedPerSecond: 10,
    mailedPerSecond: 10,
    seconds: 20 + 100 + 0.1 + 0.5,
    mostDue: 0,
  });
});

test('above the capacity of the first stage, both stages have that capacity', () => {
  // Eight workers, and a second for each request.
  const { acceptedPerSecond, mailedPerSecond } = predictRun({ ...run, secondsPerRequest: 1 });
  expect({ acceptedPerSecond, mailedPerSecond }).toStrictEqual({ acceptedPerSecond: 8, mailedPerSecond: 8 });
});

test('above the capacity of the second stage, messages that are due wait', () => {
  // Eight workers, and four leads in 6.4 seconds: 5 leads a second.
  const { mailedPerSecond, mostDue, seconds } = predictRun({ ...run, secondsPerBatch: 6.4 });
  expect({ mailedPerSecond, mostDue }).toStrictEqual({ mailedPerSecond: 5, mostDue: 500 });
  expect(seconds).toBeCloseTo(20 + 200 + 0.1 + 6.4, 10);
});

test('the processors of a local cloud limit all stages together', () => {
  const { acceptedPerSecond, mailedPerSecond } = predictRun({ ...run, cpuSecondsPerLead: 0.5 });
  expect({ acceptedPerSecond, mailedPerSecond }).toStrictEqual({ acceptedPerSecond: 4, mailedPerSecond: 4 });
});

const recorded = () => {
  const run = loadRun.decode(JSON.parse(readFileSync(join(root, 'bench', 'load', 'recorded.json'), 'utf8')));
  if (E.isLeft(run)) throw new Error('bench/load/recorded.json is not a LoadRun');
  return run.right;
};

/** The model knows the load and the service times of the run, and none of the rates that it predicts. */
test.each([
  [
    'leads accepted a second',
    () => [predictRun(inputOf(recorded())).acceptedPerSecond, recorded().throughput.accepted],
  ],
  ['leads mailed a second', () => [predictRun(inputOf(recorded())).mailedPerSecond, recorded().throughput.mailed]],
  ['seconds until all are mailed', () => [predictRun(inputOf(recorded())).seconds, recorded().seconds]],
])('the model predicts the recorded run of `npm run bench:load` within 10 %: %s', (_what, numbers) => {
  const [predicted = NaN, measured = NaN] = numbers();
  expect(Math.abs(predicted - measured) / measured).toBeLessThan(0.1);
});

test('the model has the workers of the embedded cloud', () => {
  const launcher = readFileSync(join(root, 'dev', 'cloud', 'ministack-launcher.py'), 'utf8');
  expect(launcher).toContain(`\nWORKERS_PER_FUNCTION = ${embeddedWorkers}\n`);
});
