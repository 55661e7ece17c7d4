import type { FunctionName } from '../tests/support/bundle';
import { withAws } from './aws/start';
import type { Bench } from './bench';
import { batchOf, newLeads, sources } from './events';
import { type Answer, interleaved, median, ratioOf, type Row, spreadOf, warmUps } from './measure';
import type { NodeProgram } from './nodes';
import { bundleProgram } from './programs/bundle-program';
import { startShipped, type Warm } from './programs/start-warm';
import { queuedLeads } from './warm-cpu';

/** The latency of each AWS call, in milliseconds. */
const latencyMs = 20;

/** The most wall time of an invocation, in latencies of a call. */
const mostLatencies = { accepted: 3.3, enriched: 5.2 };

/** The most wall time of a batch of ten messages, in times of one message. */
const mostOfBatch = 1.3;

const batchSize = 10;

/** How often each kind is invoked in a round. The round counts with their median. */
const invocations = { accepted: 5, enriched: 5, batch: 3 };

/** How long does an invocation take if each AWS call does? */
export const latencies = async (bench: Bench): Promise<Answer> => {
  const rows: Row[] = [];
  for (const node of bench.nodes) rows.push(...(await measure(bench, node)));
  return {
    title: 'Latency',
    about:
      `Wall time of a warm invocation if each AWS call takes L = ${latencyMs} ms, in L, so that it is at least the number ` +
      `of calls that wait for each other. ${bench.rounds} rounds after ${warmUps} warm-ups, each with the median of ` +
      `${invocations.accepted} invocations (${invocations.batch} of a batch).`,
    rows,
  };
};

const measure = (bench: Bench, node: NodeProgram): Promise<readonly Row[]> =>
  withAws({ sources }, async (aws) => {
    const { folder, rounds, say } = bench;
    say(`latency, Node.js ${node.version}`);
    const program = bundleProgram('programs/warm.ts', folder);
    const start = (name: FunctionName): Warm => startShipped(bench, program, name, aws.endpoint, node);
    const [ingestion, enrichment] = [start('IngestionFunction'), start('EnrichmentFunction')];
    const perRound = invocations.enriched + invocations.batch * batchSize;
    const messages = [...(await queuedLeads(ingestion, aws, (rounds + warmUps) * perRound))];
    await aws.call('setLatency', latencyMs);
    let number = messages.length + 1;
    const medianOf = async (warm: Warm, events: readonly unknown[]): Promise<number> =>
      median((await warm.invoke(events)).walls);
    const batches = (count: number, size: number): readonly object[] =>
      Array.from({ length: count }, () => batchOf(messages.splice(0, size)));
    const times = await interleaved(
      {
        accepted: () => {
          const leads = newLeads(number, invocations.accepted);
          number += invocations.accepted;
          return medianOf(ingestion, leads);
        },
        enriched: () => medianOf(enrichment, batches(invocations.enriched, 1)),
        batch: () => medianOf(enrichment, batches(invocations.batch, batchSize)),
      },
      rounds,
    );
    ingestion.stop();
    enrichment.stop();
    const inLatencies = (values: readonly number[]) => spreadOf(values.map((value) => value / latencyMs));
    const on = `Node.js ${node.version}`;
    return [
      {
        what: `an accepted lead, ${on}`,
        unit: 'L',
        measured: inLatencies(times.accepted),
        atMost: mostLatencies.accepted,
      },
      {
        what: `enrichment of one lead, ${on}`,
        unit: 'L',
        measured: inLatencies(times.enriched),
        atMost: mostLatencies.enriched,
      },
      { what: `enrichment of a batch of ${batchSize}, ${on}`, unit: 'L', measured: inLatencies(times.batch) },
      {
        what: `enrichment, a batch of ${batchSize} / one lead, ${on}`,
        unit: '',
        measured: ratioOf(times.batch, times.enriched),
        atMost: mostOfBatch,
      },
    ];
  });
