import { functionNames } from './bounds';
import type { Chart, Line } from './chart';
import type { Distribution } from './distribution';
import type { LoadRun } from './record';
import type { Interval } from './timeline';

const megabyte = 1_000_000;

/** The charts of a run: throughput, the two times that people wait for, and memory. */
export const chartsOf = ({ timeline }: LoadRun): readonly Chart[] => {
  const line = (name: string, valueOf: (interval: Interval) => number | undefined): Line => ({
    name,
    points: timeline.flatMap((interval) => {
      const value = valueOf(interval);
      return value === undefined ? [] : [[interval.seconds, value] as const];
    }),
  });
  // An interval without leads has no times.
  const times = (isEmpty: (interval: Interval) => boolean, of: (interval: Interval) => Distribution) =>
    (['p99', 'p50'] as const).map((name) =>
      line(name, (interval) => (isEmpty(interval) ? undefined : of(interval)[name])),
    );
  return [
    {
      title: 'Leads per second',
      scale: 'linear',
      lines: [
        line('accepted', ({ acceptedPerSecond }) => acceptedPerSecond),
        line('mailed', ({ mailedPerSecond }) => mailedPerSecond),
      ],
    },
    {
      title: 'From sending to 2xx (ms)',
      scale: 'log',
      lines: times(
        ({ acceptedPerSecond }) => acceptedPerSecond === 0,
        ({ accepted }) => accepted,
      ),
    },
    {
      title: 'From due to mailed (ms)',
      scale: 'log',
      lines: times(
        ({ mailedPerSecond }) => mailedPerSecond === 0,
        ({ dueToMailed }) => dueToMailed,
      ),
    },
    {
      title: 'Memory of the largest worker (MB)',
      scale: 'linear',
      lines: functionNames.map((name) =>
        line(name, ({ bytes: { [name]: size } }) => (size === undefined ? undefined : size / megabyte)),
      ),
    },
  ];
};
