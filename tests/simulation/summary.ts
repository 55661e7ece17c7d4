import type { Tally } from './world';

type Total = Readonly<{
  seeds: number;
  from: number;
  variant: string;
  tally: Tally;
  failures: number;
  seconds: number;
}>;

/** The results of many stories, as a table for people. */
export const summary = ({ seeds, from, variant, tally, failures, seconds }: Total): string => {
  const of = (name: string): number => tally[name] ?? 0;
  const starting = (prefix: string): string =>
    Object.entries(tally)
      .filter(([name]) => name.startsWith(prefix))
      .sort(([, a], [, b]) => b - a)
      .map(([name, number]) => `${name.slice(prefix.length)} ${grouped(number)}`)
      .join(', ');
  const faults = Object.entries(tally)
    .filter(([name]) => name.startsWith('fault '))
    .reduce((sum, [, number]) => sum + number, 0);
  const rows: readonly (readonly [string, string])[] = [
    [
      'seeds',
      `${grouped(seeds)} from ${from}, variant ${variant}, ` +
        `in ${seconds.toFixed(0)} s (${grouped(Math.round(seeds / seconds))}/s)`,
    ],
    [
      'events',
      `${grouped(of('events'))}, of them accepted ${grouped(of('accepted'))}; at the end ${starting('state ')}`,
    ],
    ['answers', starting('answer ')],
    ['messages', `${starting('sent by ')}; deliveries ${grouped(of('deliveries'))}`],
    [
      'operators',
      [
        ['redrives', 'redrives'],
        ['discards', 'discards'],
        ['refreshes', 'refreshes'],
        ['replays', 'replays'],
        ['messages by hand', 'hand-made messages'],
        ['raw objects by hand', 'raw objects by hand'],
        ['tables lost', 'tables lost'],
        ['tables restored', 'tables restored'],
        ['rebuilds', 'rebuilds'],
      ]
        .map(([label = '', name = '']) => `${label} ${grouped(of(name))}`)
        .join(', '),
    ],
    ['quarantine', `at the end ${starting('quarantine ')}; revalidations: ${starting('revalidation ')}`],
    ['faults', `${grouped(faults)}: ${starting('fault ')}`],
    ['met by the code', starting('effect ')],
    [
      'mails',
      `${grouped(of('mails'))}; more than one for an event, in the named window: ` +
        `${grouped(of('mails in the window'))}, faults that allow it: ${grouped(of('faults in the window'))}`,
    ],
    ['violations', `in ${grouped(failures)} seeds`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(16)} ${value}`).join('\n');
};

const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');
