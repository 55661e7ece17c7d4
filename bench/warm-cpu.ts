import type { FunctionName } from '../tests/support/bundle';
import { type Aws, withAws } from './aws/start';
import type { Bench } from './bench';
import { batchOf, messagesIn, newLead, newLeads, queryFor, sources } from './events';
import { type Answer, interleaved, ratioOf, type Row, spreadOf, warmUps } from './measure';
import type { NodeProgram } from './nodes';
import { inARow, wavesOf, withBareCalls } from './programs/bare-calls';
import { bundleProgram } from './programs/bundle-program';
import { startShipped, type Warm } from './programs/start-warm';

/** How often a function is invoked in a round. CPU time is counted in steps that are too coarse for one invocation. */
const invocations = 100;

/** The most CPU time of a function, as a share of the bare SDK calls. */
const atMost = 1.1;

type Task = Readonly<{
  what: string;
  name: FunctionName;
  /** Makes the events of all rounds. Stores what they are about. */
  prepare: (ingestion: Warm, aws: Aws, count: number) => Promise<readonly unknown[]>;
}>;

const tasks: readonly Task[] = [
  {
    what: 'an accepted lead',
    name: 'IngestionFunction',
    prepare: (_ingestion, _aws, count) => Promise.resolve(newLeads(1, count)),
  },
  {
    what: 'an enriched lead',
    name: 'EnrichmentFunction',
    prepare: async (ingestion, aws, count) => {
      const messages = await queuedLeads(ingestion, aws, count);
      return messages.map((message) => batchOf([message]));
    },
  },
  {
    what: 'a query that finds a lead',
    name: 'QueryFunction',
    prepare: async (ingestion, _aws, count) => {
      await ingestion.invoke([newLead(1)]);
      return Array.from({ length: count }, () => queryFor(1));
    },
  },
];

/** Ingests leads, and returns their messages. */
export const queuedLeads = async (ingestion: Warm, aws: Aws, count: number): Promise<readonly string[]> => {
  await aws.call('record');
  await ingestion.invoke(newLeads(1, count));
  return messagesIn(await aws.call('recorded'));
};

/** How much CPU time does a warm function take, compared with its calls alone? */
export const warmCpu = async (bench: Bench): Promise<Answer> => {
  const rows: Row[] = [];
  for (const node of bench.nodes) for (const task of tasks) rows.push(...(await measure(bench, node, task)));
  return {
    title: 'Warm CPU',
    about:
      `CPU time of one invocation in a process that has run before, over ${invocations} invocations in a row. ` +
      '"SDK calls" are the same calls with the same inputs and answers, made one after the other by a program that ' +
      'does nothing else. Its clients are those of the AWS SDK as it is published, with the settings of the functions, ' +
      'but without `cacheMiddleware` (docs/decisions/0061). Another process answers in place of AWS. ' +
      `${bench.rounds} rounds after ${warmUps} warm-ups.`,
    rows,
  };
};

const measure = (bench: Bench, node: NodeProgram, task: Task): Promise<readonly Row[]> =>
  withAws({ sources }, async (aws) => {
    const { folder, rounds, say } = bench;
    const what = `${task.what}, Node.js ${node.version}`;
    say(`warm CPU of ${what}`);
    const program = bundleProgram('programs/warm.ts', folder);
    const start = (name: FunctionName): Warm => startShipped(bench, program, name, aws.endpoint, node);
    const ingestion = start('IngestionFunction');
    const events = await task.prepare(ingestion, aws, (rounds + warmUps) * invocations + 2);
    const measured = task.name === 'IngestionFunction' ? ingestion : start(task.name);
    const waves = await wavesOf(measured, aws, events);
    const times = await withBareCalls(bench, task.name, node, waves, (bare) => {
      const calls = Array.from({ length: invocations }, () => inARow(waves));
      let next = 2;
      return interleaved(
        {
          measured: async () => cpuOf(await measured.invoke(events.slice(next, (next += invocations)))),
          bare: async () => cpuOf(await bare.invoke(calls)),
        },
        rounds,
      );
    });
    ingestion.stop();
    measured.stop();
    return [
      { what, unit: 'ms', measured: spreadOf(times.measured) },
      { what: `${what}, SDK calls`, unit: 'ms', measured: spreadOf(times.bare) },
      { what: `${what}, function / SDK calls`, unit: '', measured: ratioOf(times.measured, times.bare), atMost },
    ];
  });

const cpuOf = ({ cpu }: Readonly<{ cpu: number }>): number => cpu / invocations;
