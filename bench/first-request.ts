import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../dev/paths';
import { ensureVenv, venvProgram } from '../dev/python/python';
import { type Command, runCommand } from '../dev/run-command';
import { withAws } from './aws/start';
import type { Bench } from './bench';
import { lambdaEnvironment } from './environment';
import { newLead, sources } from './events';
import { type Answer, interleaved, ratioOf, type Row, spreadOf, warmUps } from './measure';
import { bundleProgram } from './programs/bundle-program';

/** The latency of each AWS call in milliseconds, and the most that the function may take of FastAPI's time then. */
const latencies = [
  { ms: 0, ofFastApi: 0.25 },
  { ms: 5, ofFastApi: 0.27 },
  { ms: 20, ofFastApi: 0.36 },
] as const;

/** The most that the function may take, in times of raw signed requests without latency. The aim is 3. */
const ofRaw = 5;

type Variant = Readonly<{ what: string; command: Omit<Command, 'env'> }>;

/** How long does it take from the start of a container's code to its first answer? */
export const firstRequests = async (bench: Bench): Promise<Answer> => {
  const { rounds, say } = bench;
  await ensureVenv('peers', say);
  return withAws({ sources }, async (aws) => {
    const variants = variantsOf(bench);
    const rows: Row[] = [];
    let number = 0;
    for (const { ms, ofFastApi } of latencies) {
      say(`first requests, ${ms} ms per AWS call`);
      await aws.call('setLatency', ms);
      const used = variants.filter(({ what }) => ms === 0 || !onlyWithoutLatency.test(what));
      const env = lambdaEnvironment('IngestionFunction', aws.endpoint);
      const times = await interleaved(
        Object.fromEntries(
          used.map(({ what, command }) => [
            what,
            () => timeOf(command, env, bench.folder, (number += 1), ms === 0 ? 'cpu' : 'wall'),
          ]),
        ),
        rounds,
      );
      const at = `, ${ms} ms per call${ms === 0 ? ', CPU' : ''}`;
      const ratio = (what: string, peer: string, atMost?: number): Row => ({
        what: `${what} / ${peer}${at}`,
        unit: '',
        measured: ratioOf(times[what] ?? [], times[peer] ?? []),
        ...(atMost === undefined ? {} : { atMost }),
      });
      rows.push(
        ...Object.entries(times).map(([what, values]) => ({ what: what + at, unit: 'ms', measured: spreadOf(values) })),
        ...bench.nodes.flatMap(({ version }) => {
          const what = shippedOn(version);
          return [
            ratio(what, fastApi, ofFastApi),
            ratio(what, plainBoto3),
            ...(ms === 0 ? [ratio(what, rawOn(version), ofRaw), ratio(what, defaultsOn(version))] : []),
          ];
        }),
      );
    }
    return { title: 'First request', about: about(rounds), rows };
  });
};

const about = (rounds: number): string =>
  'Time in a new process from the start of loading to the answer of the first request, an accepted lead. The start of ' +
  'Node.js or Python is not in it. Another process answers in place of AWS, after the latency of the row. Without ' +
  'latency it is CPU time, which does not depend on the load of the machine. With latency it is wall time. Calls ' +
  'are plain HTTP, while those to AWS are HTTPS. The peers have the same checks and calls (`bench/peers`): FastAPI with Pydantic, Mangum and boto3; a plain handler with boto3; a plain ' +
  'handler that signs its requests itself and sends them with `node:http`; the same with aws4fetch and `fetch`. Peers in ' +
  'TypeScript are bundled like the functions. Python has its files compiled. ' +
  `${rounds} rounds after ${warmUps} warm-ups, in each of which all variants take turns.`;

const shippedOn = (version: string): string => `IngestionFunction, Node.js ${version}`;
const defaultsOn = (version: string): string => `esbuild's defaults, Node.js ${version}`;
const rawOn = (version: string): string => `raw requests, Node.js ${version}`;
const rawFetchOn = (version: string): string => `raw requests with fetch, Node.js ${version}`;
const fastApi = 'FastAPI';
const plainBoto3 = 'boto3';
const onlyWithoutLatency = /^(raw requests|esbuild's defaults)/;

const variantsOf = ({ folder, nodes, bundles }: Bench): readonly Variant[] => {
  const program = bundleProgram('programs/first-request.ts', folder);
  const raw = bundleProgram('peers/raw/with-http.ts', folder);
  const rawFetch = bundleProgram('peers/raw/with-fetch.ts', folder);
  const ingestion = bundles().find(({ name }) => name === 'IngestionFunction');
  const python = (what: string, module: string): Variant => {
    const cwd = join(root, 'bench', 'peers', 'python');
    const args = [join(cwd, 'first_request.py'), module];
    return { what, command: { program: venvProgram('peers', 'python'), args, cwd } };
  };
  return [
    ...nodes.flatMap((node): readonly Variant[] => {
      const variant = (what: string, file = ''): Variant => ({
        what,
        command: { program: node.program, args: [program, file], cwd: dirname(file) },
      });
      return [
        variant(shippedOn(node.version), ingestion?.shipped),
        variant(defaultsOn(node.version), ingestion?.defaults),
        variant(rawOn(node.version), raw),
        variant(rawFetchOn(node.version), rawFetch),
      ];
    }),
    python(fastApi, 'fastapi_app'),
    python(plainBoto3, 'boto3_app'),
  ];
};

/** The time of the first request, in milliseconds. Each request has a lead of its own. */
const timeOf = async (
  { program, args, ...how }: Omit<Command, 'env'>,
  env: NodeJS.ProcessEnv,
  folder: string,
  number: number,
  kind: 'wall' | 'cpu',
): Promise<number> => {
  const eventFile = join(folder, 'event.json');
  writeFileSync(eventFile, JSON.stringify(newLead(number)));
  const printed = await runCommand({ program, args: [...args, eventFile], ...how, env: { ...env, HOME: folder } });
  const measured = /^measured (\{.*\})$/m.exec(printed)?.[1] ?? '{}';
  const { statusCode, [kind]: time } = JSON.parse(measured) as Readonly<{
    statusCode?: number;
    wall?: number;
    cpu?: number;
  }>;
  if (statusCode !== 202 || time === undefined)
    throw new Error(`${args.at(-1) ?? program} did not accept the lead:\n${printed}`);
  return time;
};
