import { predictRun } from '../../../../bench/scale/load-run';

const run = {
  leads: 1_000,
  ratePerSecond: 10,
  delaySeconds: 20,
  workers: 8,
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
