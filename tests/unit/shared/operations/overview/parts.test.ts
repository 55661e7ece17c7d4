import * as TE from 'fp-ts/TaskEither';
import type { Clock, PartFailure } from '../../../../../shared/operations/overview/overview-ports';
import { partsOf } from '../../../../../shared/operations/overview/parts';
import { unavailable } from '../../../../../shared/ports/store-failure';

const minute = 60_000;

/** Reads the queues every 5 s, until the end of `reads`, each of which may move the clock and fail. */
const waitsAfter = async (reads: readonly Readonly<{ takesMs: number; fails?: boolean }>[]): Promise<number[]> => {
  let time = Date.parse('2026-01-31T12:00:00.000Z');
  const waits: number[] = [];
  const end = new AbortController();
  const left = [...reads];
  const clock: Clock = {
    now: () => new Date(time),
    wait: (ms) => {
      waits.push(ms);
      time += ms;
      if (left.length === 0) end.abort();
      return Promise.resolve();
    },
  };
  const failure: PartFailure = { failure: unavailable('queues')(new Error()), rights: [] };
  const task = () => {
    const { takesMs, fails = false } = left.shift() ?? { takesMs: 0 };
    time += takesMs;
    return fails ? TE.left(failure)() : TE.right('numbers')();
  };
  await partsOf(clock, end.signal, () => undefined).repeat(
    'queues',
    () => task,
    5_000,
    () => undefined,
  );
  return waits;
};

describe('a part of the overview is read again', () => {
  it('after its interval', async () => {
    expect(await waitsAfter([{ takesMs: 10 }])).toStrictEqual([5_000]);
  });

  it('after ten times as long as the reading took', async () => {
    expect(await waitsAfter([{ takesMs: 2_000 }])).toStrictEqual([20_000]);
  });

  it('after its interval once the cloud answers, however long it did not', async () => {
    const outage = { takesMs: 30 * minute, fails: true };
    expect(await waitsAfter([outage, outage, { takesMs: 10 }])).toStrictEqual([1_000, 2_000, 5_000]);
  });

  it.each([
    ['forward', 8 * 60 * minute, minute],
    ['back', -8 * 60 * minute, 5_000],
  ])('after a minute at most if the clock is set %s while it is read', async (_direction, takesMs, wait) => {
    expect(await waitsAfter([{ takesMs }])).toStrictEqual([wait]);
  });
});
