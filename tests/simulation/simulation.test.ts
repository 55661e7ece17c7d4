import { type Failure, runTasks, type Task } from './pool';
import { simulate } from './simulate';
import type { Tally } from './world';
import { faultKinds } from './faults';

const seeds = 3_000;
const piece = 100;

const mustHappen = [
  ...faultKinds.map((kind) => `effect ${kind}`),
  ...[
    'killed',
    'time-out',
    'delivered-twice',
    'acknowledgement-lost',
    'receipt-stale',
    'own-error',
    'receive-throttled',
    'standstill',
    'message-expired',
  ].map((kind) => `fault ${kind}`),
  ...['NOTIFIED', 'FAILED', 'DISCARDED'].map((state) => `state ${state}`),
  ...['QUARANTINED', 'REVALIDATED', 'DISCARDED'].map((state) => `quarantine ${state}`),
  ...[
    'sent by reconciliation',
    'redrives',
    'refreshes',
    'discards',
    'hand-made messages',
    'raw objects by hand',
    'replays',
    'batches of five or more',
    'leases of years',
    'batches accepted',
    'lead accepted',
    'lead quarantined',
    'revalidation revalidated',
    'revalidation invalid',
    'tables lost',
    'tables restored',
    'rebuilds',
    'rebuilt as NOTIFIED',
    'rebuilt as FAILED',
  ],
  ...['answer 200', 'answer 202', 'answer 502', 'answer 503', 'answer 504', 'mails in the window'],
];

describe('the deployed protocol under faults', () => {
  it(`keeps every invariant on ${seeds} seeds`, async () => {
    const tasks: Task[] = Array.from({ length: seeds / piece }, (_, index) => ({
      variant: 'deployed',
      from: 1 + index * piece,
      count: piece,
      stopAtFirst: false,
    }));
    const failures: Failure[] = [];
    const tally: Tally = {};
    let done = 0;
    await runTasks(tasks, (outcome) => {
      done += outcome.done;
      for (const [what, count] of Object.entries(outcome.tally)) tally[what] = (tally[what] ?? 0) + count;
      failures.push(...outcome.failures);
    });
    const replay = failures.map(
      ({ seed, violations }) => `npm run test:simulation -- --seed ${seed}   # ${violations.join('; ')}`,
    );
    expect(replay).toStrictEqual([]);
    expect(done).toBe(seeds);
    // The invariants prove nothing about faults that did not happen, so that each of them must happen at least 20
    // times.
    const happened = Object.entries(tally)
      .filter(([, count]) => count >= 20)
      .map(([what]) => what);
    expect(happened).toEqual(expect.arrayContaining(mustHappen));
    expect(tally['mails in the window']).toBeLessThanOrEqual(tally['faults in the window']!);
  }, 900_000);

  it('runs the same story for the same seed', async () => {
    const [once, again] = [await simulate(4711, undefined, true), await simulate(4711, undefined, true)];
    expect(once.trace.length).toBeGreaterThan(10);
    expect(again).toStrictEqual(once);
  });
});
