import type { FunctionName } from '../tests/support/bundle';
import { withAws } from './aws/start';
import type { Bench } from './bench';
import { batchOf, newLeads, sources } from './events';
import { type Answer, interleaved, median, ratioOf, type Row, spreadOf, warmUps } from './measure';
import type { NodeProgram } from './nodes';
import { atOnce, wavesOf, withBareCalls } from './programs/bare-calls';
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

type Times = Readonly<Record<'accepted' | 'bareAccepted' | 'enriched' | 'bareEnriched' | 'batch', readonly number[]>>;

/** How long does an invocation take if each AWS call does? */
export const latencies = async (bench: Bench): Promise<Answer> => {
  const rows: Row[] = [];
  for (const node of bench.nodes) rows.push(...(await measure(bench, node)));
  return {
    title: 'Latency',
    about:
      `Wall time of a warm invocation if each AWS call takes L = ${latencyMs} ms, in L, so that it is at least the number ` +
      'of calls that wait for each other. "SDK calls" are the calls of the invocation, as many at once as it makes, by a ' +
      'program that does nothing else, without `cacheMiddleware` (docs/decisions/0061). ' +
      `${bench.rounds} rounds after ${warmUps} warm-ups, each with the median of ` +
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
    const messages = [...(await queuedLeads(ingestion, aws, 2 + (rounds + warmUps) * perRound))];
    let number = messages.length + 1;
    const leads = (count: number): readonly unknown[] => {
      number += count;
      return newLeads(number - count, count);
    };
    const batches = (count: number, size: number): readonly object[] =>
      Array.from({ length: count }, () => batchOf(messages.splice(0, size)));
    const medianOf = async (warm: Warm, events: readonly unknown[]): Promise<number> =>
      median((await warm.invoke(events)).walls);
    const waves = {
      accepted: await wavesOf(ingestion, aws, leads(2)),
      enriched: await wavesOf(enrichment, aws, batches(2, 1)),
    };
    const withBare = (
      kind: keyof typeof waves,
      name: FunctionName,
      work: (bare: () => Promise<number>) => Promise<Times>,
    ) =>
      withBareCalls(bench, name, node, waves[kind], async (bare, bareAws) => {
        await bareAws.call('setLatency', latencyMs);
        const events = Array.from({ length: invocations[kind] }, () => atOnce(waves[kind]));
        return work(() => medianOf(bare, events));
      });
    await aws.call('setLatency', latencyMs);
    const times = await withBare('accepted', 'IngestionFunction', (bareAccepted) =>
      withBare('enriched', 'EnrichmentFunction', (bareEnriched) =>
        interleaved(
          {
            accepted: () => medianOf(ingestion, leads(invocations.accepted)),
            bareAccepted,
            enriched: () => medianOf(enrichment, batches(invocations.enriched, 1)),
            bareEnriched,
            batch: () => medianOf(enrichment, batches(invocations.batch, batchSize)),
          },
          rounds,
        ),
      ),
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
      { what: `an accepted lead, ${on}, SDK calls`, unit: 'L', measured: inLatencies(times.bareAccepted) },
      {
        what: `enrichment of one lead, ${on}`,
        unit: 'L',
        measured: inLatencies(times.enriched),
        atMost: mostLatencies.enriched,
      },
      { what: `enrichment of one lead, ${on}, SDK calls`, unit: 'L', measured: inLatencies(times.bareEnriched) },
      { what: `enrichment of a batch of ${batchSize}, ${on}`, unit: 'L', measured: inLatencies(times.batch) },
      {
        what: `enrichment, a batch of ${batchSize} / one lead, ${on}`,
        unit: '',
        measured: ratioOf(times.batch, times.enriched),
        atMost: mostOfBatch,
      },
    ];
  });
