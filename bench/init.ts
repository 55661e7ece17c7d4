import { dirname } from 'node:path';
import { runCommand } from '../dev/run-command';
import type { Bench } from './bench';
import { lambdaEnvironment } from './environment';
import { type Answer, interleaved, ratioOf, type Row, spreadOf, warmUps } from './measure';
import type { NodeProgram } from './nodes';

/** Loads a bundle and prints the CPU time of that, in milliseconds. The bundle replaces the console by a logger. */
const load = `
  const before = process.cpuUsage();
  require(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  require('node:fs').writeSync(1, '\\ncpu ' + (user + system) / 1000 + '\\n');
`;

/** The CPU time in which a process loads the bundle of a function, in milliseconds, without the start of Node.js. */
const initOf = async (name: string, file: string, { program }: NodeProgram): Promise<number> => {
  const env = { ...lambdaEnvironment(name, 'http://127.0.0.1:9'), HOME: dirname(file) };
  const printed = await runCommand({ program, args: ['-e', load, file], cwd: dirname(file), env });
  const cpu = /^cpu ([\d.]+)$/m.exec(printed)?.[1];
  if (cpu === undefined) throw new Error(`${name} did not load:\n${printed}`);
  return Number(cpu);
};

/** The most that the init of a function may take, as a share of esbuild's defaults. */
const bounds: Readonly<Record<string, number>> = { IngestionFunction: 0.45 };

/** How much CPU time does the init of a function take? */
export const initTimes = async ({ nodes, bundles, rounds, say }: Bench): Promise<Answer> => {
  const rows: Row[] = [];
  for (const node of nodes) {
    for (const { name, shipped, defaults } of bundles()) {
      const what = `${name}, Node.js ${node.version}`;
      say(`init of ${what}`);
      const times = await interleaved(
        { shipped: () => initOf(name, shipped, node), defaults: () => initOf(name, defaults, node) },
        rounds,
      );
      rows.push(
        { what: `${what}, shipped`, unit: 'ms', measured: spreadOf(times.shipped) },
        { what: `${what}, esbuild's defaults`, unit: 'ms', measured: spreadOf(times.defaults) },
        {
          what: `${what}, shipped / defaults`,
          unit: '',
          measured: ratioOf(times.shipped, times.defaults),
          ...(name in bounds ? { atMost: bounds[name] } : {}),
        },
      );
    }
  }
  return {
    title: 'Init',
    about:
      'CPU time of `require("app.js")` in a new process, without the start of Node.js. ' +
      `${rounds} rounds after ${warmUps} warm-ups. Each round starts both bundles in turn. ` +
      'The ratio is computed in each round.',
    rows,
  };
};
