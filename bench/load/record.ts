import * as t from 'io-ts';

const distribution = t.type({ p50: t.number, p99: t.number, max: t.number });

const cost = t.type({ early: t.number, late: t.number, slowdown: t.number, ratio: t.number });

const memory = t.type({ early: t.number, late: t.number, ratio: t.number, per1000Leads: t.number });

const interval = t.type({
  seconds: t.number,
  acceptedPerSecond: t.number,
  mailedPerSecond: t.number,
  accepted: distribution,
  dueToMailed: distribution,
  bytes: t.record(t.string, t.number),
  queued: t.number,
});

/**
 * A run of `npm run bench:load`. `bench/load/recorded.json` has the latest one, so that a model of the pipeline can be
 * compared with it. Times are milliseconds and sizes bytes, unless a name says otherwise.
 */
export const loadRun = t.readonly(
  t.type({
    date: t.string,
    machine: t.type({ processor: t.string, cores: t.number, node: t.string, load: t.tuple([t.number, t.number]) }),
    leads: t.number,
    /** The rate of the arrivals. */
    ratePerSecond: t.number,
    /** EnrichmentDelaySeconds of the stack. */
    delaySeconds: t.number,
    /** Leads by source. */
    sources: t.record(t.string, t.number),
    /** From the first lead until the last one was mailed. */
    seconds: t.number,
    /** Leads a second, over the middle half of the leads, so that neither begin nor end counts. */
    throughput: t.type({ accepted: t.number, mailed: t.number }),
    /** Answers by status, those of retries too. */
    answers: t.record(t.string, t.number),
    /** From when a lead was due to be sent until its 2xx. */
    accepted: distribution,
    /** From when its delay ended until it was mailed. */
    dueToMailed: distribution,
    /** By function. A run of EnrichmentFunction has up to ten leads. */
    invocations: t.record(t.string, t.type({ count: t.number, averageMs: t.number })),
    /** The most messages in the queues of enrichment: those that wait for their delay, and those that are due. */
    mostQueued: t.number,
    /** CPU time for each lead, of the workers of a function, and of `emulator`. */
    cpuPerLead: t.record(t.string, cost),
    /** The largest worker of each function, and `emulator`. */
    memory: t.record(t.string, memory),
    timeline: t.readonlyArray(interval),
  }),
  'LoadRun',
);

export type LoadRun = t.TypeOf<typeof loadRun>;
