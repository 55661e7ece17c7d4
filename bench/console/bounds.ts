import { check, type Check } from '../../tests/faults/check';
import { distributionOf } from '../load/distribution';
import type { FirstPage } from './first-page';
import type { Followed, Held } from './live-updates';
import type { SearchTimes } from './searches';

/** The most time until a page is painted with its data, in milliseconds. */
const mostFirstPageMs = 1_000;

/** The most time from the answer to a search until its rows are painted, in milliseconds. */
const mostAfterAnswerMs = 300;

/** The least number of live updates in a minute. */
const leastUpdates = 60;

/** The most that the last third of a run may hold, in times of the second one. */
const mostGrowth = 1.05;

/**
 * What the page holds in the second and in the last third of a run: the median of the samples. In the first third V8 still
 * compiles the code that updates run, which it keeps beside the data.
 */
export const growthOf = (samples: readonly Held[], of: keyof Held): Readonly<{ early: number; late: number }> => {
  const values = samples.map((sample) => sample[of]);
  const third = Math.floor(values.length / 3);
  return { early: distributionOf(values.slice(third, -third)).p50, late: distributionOf(values.slice(-third)).p50 };
};

export const held = ['bytes', 'nodes', 'listeners'] as const;

type Measured = Readonly<{
  first: readonly FirstPage[];
  searches: readonly SearchTimes[];
  live: readonly (Followed & Readonly<{ name: string }>)[];
}>;

/** The bounds of the console. Of times, the worst of a run counts. */
export const checkBounds = ({ first, searches, live }: Measured): readonly Check[] => [
  check(
    'each page is painted with its data within 1 s',
    first
      .filter(({ ms }) => Math.max(...ms) > mostFirstPageMs)
      .map(({ name, ms }) => `${name}: ${Math.max(...ms).toFixed(0)} ms`),
  ),
  check(
    'each search is painted within 300 ms after its answer',
    searches
      .filter(({ shownMs }) => Math.max(...shownMs) > mostAfterAnswerMs)
      .map(({ name, shownMs }) => `${name}: ${Math.max(...shownMs).toFixed(0)} ms`),
  ),
  check(
    'an open page gets 60 live updates a minute',
    live
      .filter(({ updatesAMinute }) => Math.round(updatesAMinute) < leastUpdates)
      .map(({ name, updatesAMinute }) => `${name}: ${updatesAMinute.toFixed(1)} a minute`),
  ),
  check(
    'live updates leave nothing in the page',
    live.flatMap(({ name, samples }) =>
      held.flatMap((of) => {
        const { early, late } = growthOf(samples, of);
        return late <= early * mostGrowth ? [] : [`${name}: ${of} grew from ${early} to ${late}`];
      }),
    ),
  ),
];
