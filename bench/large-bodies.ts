import { withAws } from './aws/start';
import type { Bench } from './bench';
import { type BodyKind, bodySources, hostileBodies, plainBody, smallBody } from './bodies';
import { lambdaEnvironment } from './environment';
import { sources } from './events';
import { type Answer, interleaved, median, ratioOf, type Row, spreadOf, warmUps } from './measure';
import type { NodeProgram } from './nodes';
import { bundleProgram } from './programs/bundle-program';
import { startWarm } from './programs/start-warm';

/** The most CPU time of the worst body, in times of a plain body of the same size. */
const atMost = 5;

/** How many of the worst bodies the table shows. */
const shown = 8;

/** How often a body is sent in a round. */
const invocations = 3;

/** Rounds in which the worst bodies are found, before they are measured. */
const searchRounds = 2;

/** How much CPU time does a large body take? */
export const largeBodies = async (bench: Bench): Promise<Answer> => {
  const rows: Row[] = [];
  for (const node of bench.nodes) rows.push(...(await measure(bench, node)));
  return {
    title: 'Large bodies',
    about:
      'CPU time of IngestionFunction for a request of 256 KB, warm. "Plain" is a lead with one long text of letters. ' +
      `The others are meant to cost much. First all ${hostileBodies.length} of them are sent, then the ${shown} that took ` +
      `longest are measured: ${bench.rounds} rounds of ${invocations} requests after ${warmUps} warm-ups.`,
    rows,
  };
};

const measure = (bench: Bench, node: NodeProgram): Promise<readonly Row[]> =>
  withAws({ sources: { ...sources, ...bodySources } }, async (aws) => {
    const { folder, rounds, say } = bench;
    say(`large bodies, Node.js ${node.version}`);
    const file = bench.bundles().find(({ name }) => name === 'IngestionFunction')?.shipped ?? '';
    const env = lambdaEnvironment('IngestionFunction', aws.endpoint);
    const warm = startWarm(bundleProgram('programs/warm.ts', folder), file, env, node);
    let number = 0;
    const cpuOf = async ({ event }: BodyKind): Promise<number> => {
      const events = Array.from({ length: invocations }, () => event((number += 1)));
      return (await warm.invoke(events)).cpu / invocations;
    };
    const timesOf = (bodies: readonly BodyKind[], count: number) =>
      interleaved(Object.fromEntries(bodies.map((body) => [body.what, () => cpuOf(body)])), count);
    try {
      const found = await timesOf(hostileBodies, Math.min(searchRounds, rounds));
      const worst = [...hostileBodies].sort(
        (one, other) => median(found[other.what] ?? []) - median(found[one.what] ?? []),
      );
      const measured = worst.slice(0, shown);
      const times = await timesOf([smallBody, plainBody, ...measured], rounds);
      const row = ({ what }: BodyKind): Row => ({
        what: `${what}, Node.js ${node.version}`,
        unit: 'ms',
        measured: spreadOf(times[what] ?? []),
      });
      const plain = times[plainBody.what] ?? [];
      // In each round the worst of all bodies, so that the ratio is that of the worst one, whichever it is.
      const worstTimes = plain.map((_, round) => Math.max(...measured.map(({ what }) => times[what]?.[round] ?? NaN)));
      return [
        ...[smallBody, plainBody, ...measured].map(row),
        {
          what: `the worst body / plain, Node.js ${node.version}`,
          unit: '',
          measured: ratioOf(worstTimes, plain),
          atMost,
        },
        {
          what: `the worst body / a small lead, Node.js ${node.version}`,
          unit: '',
          measured: ratioOf(worstTimes, times[smallBody.what] ?? []),
        },
      ];
    } finally {
      warm.stop();
    }
  });
