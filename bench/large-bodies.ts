import { withAws } from './aws/start';
import type { Bench } from './bench';
import { type BodyKind, bodySources, hostileBodies, mappedBodies, plainBody, smallBody } from './bodies';
import { sources } from './events';
import { type Answer, interleaved, median, ratioOf, type Row, spreadOf, warmUps } from './measure';
import type { NodeProgram } from './nodes';
import { bundleProgram } from './programs/bundle-program';
import { startShipped } from './programs/start-warm';

/** The most CPU time of the worst body, in times of a plain body of the same size. */
const atMost = 5;

/** How many of the worst bodies are measured. */
const shown = { hostile: 6, mapped: 3 };

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
      `The others are meant to cost much: ${hostileBodies.length} that a sender can choose, and ${mappedBodies.length} for ` +
      'sources whose mapping is as much work as the settings allow. First all of them are sent, then those that took ' +
      `longest are measured: ${bench.rounds} rounds of ${invocations} requests after ${warmUps} warm-ups (\`bench/bodies.ts\`).`,
    rows,
  };
};

const measure = (bench: Bench, node: NodeProgram): Promise<readonly Row[]> =>
  withAws({ sources: { ...sources, ...bodySources } }, async (aws) => {
    const { folder, rounds, say } = bench;
    say(`large bodies, Node.js ${node.version}`);
    const program = bundleProgram('programs/warm.ts', folder);
    const warm = startShipped(bench, program, 'IngestionFunction', aws.endpoint, node);
    let number = 0;
    const cpuOf = async ({ event }: BodyKind): Promise<number> => {
      const events = Array.from({ length: invocations }, () => event((number += 1)));
      return (await warm.invoke(events)).cpu / invocations;
    };
    const timesOf = (bodies: readonly BodyKind[], count: number) =>
      interleaved(Object.fromEntries(bodies.map((body) => [body.what, () => cpuOf(body)])), count);
    try {
      const found = await timesOf([...hostileBodies, ...mappedBodies], Math.min(searchRounds, rounds));
      const slowest = (bodies: readonly BodyKind[], count: number): readonly BodyKind[] =>
        [...bodies]
          .sort((one, other) => median(found[other.what] ?? []) - median(found[one.what] ?? []))
          .slice(0, count);
      const hostile = slowest(hostileBodies, shown.hostile);
      const mapped = slowest(mappedBodies, shown.mapped);
      const times = await timesOf([smallBody, plainBody, ...hostile, ...mapped], rounds);
      const on = `, Node.js ${node.version}`;
      // In each round the worst of all bodies, so that the ratio is that of the worst one, whichever it is.
      const ratio = (what: string, bodies: readonly BodyKind[], { what: other }: BodyKind): Row => {
        const peer = times[other] ?? [];
        const worst = peer.map((_, round) => Math.max(...bodies.map((body) => times[body.what]?.[round] ?? NaN)));
        return { what: `${what} / ${other}${on}`, unit: '', measured: ratioOf(worst, peer) };
      };
      return [
        ...[smallBody, plainBody, ...hostile, ...mapped].map(({ what }) => ({
          what: what + on,
          unit: 'ms',
          measured: spreadOf(times[what] ?? []),
        })),
        { ...ratio('the worst body', hostile, plainBody), atMost },
        { ...ratio('the worst body of the slowest mapping', mapped, plainBody), atMost },
        ratio('the worst body', hostile, smallBody),
      ];
    } finally {
      warm.stop();
    }
  });
