import { table } from '../markdown-table';
import { functionNames, isJudged, mostGrowth } from './bounds';
import { partOf } from './costs';
import type { Distribution } from './distribution';
import type { LoadRun } from './record';

const number = (value: number): string => Math.round(value).toLocaleString('en-US');
const megabytes = (bytes: number): string => `${number(bytes / 1_000_000)} MB`;
const times = ({ p50, p99, max }: Distribution): readonly string[] => [p50, p99, max].map((one) => `${number(one)} ms`);

const result = (run: LoadRun): readonly string[] =>
  table(
    ['what', 'measured'],
    [
      ['leads', `${number(run.leads)}, from ${Object.keys(run.sources).length} sources`],
      ['rate of arrival', `${run.ratePerSecond} per second`],
      ['accepted, mailed', `${run.throughput.accepted.toFixed(1)}, ${run.throughput.mailed.toFixed(1)} per second`],
      ['until the last mail', `${(run.seconds / 60).toFixed(1)} minutes, with a delay of ${run.delaySeconds} s`],
      ['answers', listed(run.answers)],
      ['messages in the queues, at most', number(run.mostQueued)],
      ...Object.entries(run.invocations).map(([name, { count, averageMs }]) => [
        `runs of ${name}`,
        `${number(count)}, ${number(averageMs)} ms on average`,
      ]),
    ],
  );

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name}: ${number(count)}`)
    .join(', ');

const latencies = ({ accepted, dueToMailed }: LoadRun): readonly string[] =>
  table(
    ['time', 'p50', 'p99', 'longest'],
    [
      ['from sending to 2xx', ...times(accepted)],
      ['from due to mailed', ...times(dueToMailed)],
    ],
  );

const costs = (run: LoadRun): readonly string[] =>
  table(
    [
      'CPU time per lead',
      `at ${number(partOf(run.leads))}`,
      `at ${number(run.leads)}`,
      'slowdown',
      'ratio',
      'at most',
      'met',
    ],
    Object.entries(run.cpuPerLead).map(([name, { early, late, slowdown, ratio }]) => [
      name,
      `${early.toFixed(1)} ms`,
      `${late.toFixed(1)} ms`,
      slowdown.toFixed(2),
      ...bound(run, name, ratio),
    ]),
  );

const memories = (run: LoadRun): readonly string[] =>
  table(
    ['memory', 'second quarter', 'last quarter', 'per 1,000 leads', 'ratio', 'at most', 'met'],
    Object.entries(run.memory).map(([name, { early, late, ratio, per1000Leads }]) => [
      name,
      megabytes(early),
      megabytes(late),
      `${(per1000Leads / 1_000_000).toFixed(2)} MB`,
      ...bound(run, name, ratio),
    ]),
  );

/** The emulator has no bound, because it is no part of the project. A short run is not judged. */
const bound = (run: LoadRun, name: string, ratio: number): readonly string[] => {
  if (!functionNames.some((known) => known === name)) return [ratio.toFixed(2), '', ''];
  return [ratio.toFixed(2), String(mostGrowth), isJudged(run) ? (ratio <= mostGrowth ? 'yes' : '**no**') : ''];
};

/** The tables of a run. */
export const tableOf = (run: LoadRun): readonly string[] => [
  ...result(run),
  '',
  ...latencies(run),
  '',
  ...costs(run),
  '',
  ...memories(run),
];

const mostPerSecond = ({ cpuPerLead }: LoadRun): string => number(1000 / (cpuPerLead.emulator?.late ?? NaN));

const notJudged =
  'The bounds are for runs of 5,000 leads or more. In this run the workers were still warming up, so it is not judged.';

/** The text of docs/load.md. */
export const pageOf = (run: LoadRun): string => {
  const { date, machine } = run;
  const part = number(partOf(run.leads));
  return [
    '# Load',
    '',
    '`npm run bench:load` deploys the template to the embedded cloud, sends leads to it, and waits until all of them are',
    'mailed. It writes this page. It exits with 1 if a lead is lost or mailed twice, or if a bound below is missed.',
    '',
    '- **Open loop.** Leads arrive at a fixed rate, whatever Leadline answers. Times are measured from when a lead was',
    '  due to be sent, so that a slow answer also counts for the leads behind it.',
    '- **Senders.** Four sources, with a secret in the body, in two headers, and with a signature. A sender repeats a',
    '  request after 429, 5xx or no answer.',
    '- **Accounts.** At the end, each lead has one event, which is NOTIFIED, and one mail. There are no dead letters.',
    '',
    `Measured on ${date}, ${machine.processor}, ${machine.cores} cores, Node.js ${machine.node}, load ` +
      `${machine.load.map((one) => one.toFixed(1)).join(' at the start and ')} at the end.`,
    '',
    ...result(run),
    '',
    '![Throughput, times and memory over the run](load.svg)',
    '',
    '## Times',
    '',
    ...latencies(run),
    '',
    '"From due to mailed" is the metric `DueToMailed`: [the promise](reliability.md#how-soon-a-lead-is-mailed) says how long',
    'it may be, and MailLatencyAlarm watches it.',
    '',
    '## Growth',
    '',
    `"At ${part}" is the ${part} leads after the first ${part}, in which the workers warm up. "At ${number(run.leads)}" is the`,
    `last ${part}. CPU time is that of the processes, because the wall time of a call depends on what else the machine does.`,
    'CPU time depends on that too, but less: "slowdown" is how much longer a fixed computation took at the end than at the',
    'beginning. The ratio is that of the CPU times, divided by the slowdown.',
    '',
    ...costs(run),
    '',
    'Memory is that of the largest worker of a function.',
    ...(isJudged(run) ? [] : ['', notJudged]),
    '',
    ...memories(run),
    '',
    'The emulator is MiniStack, in place of all of AWS: one Python process, which keeps everything in memory. It has no',
    'bound, because it is no part of the project. With the CPU time above, one core carries at most',
    `${mostPerSecond(run)} leads a second in it, whatever the functions do.`,
    '',
  ].join('\n');
};
