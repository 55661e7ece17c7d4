import type { LoadRun } from '../load/record';

/** What is given about a run of leads on any cloud: the load, and the service times that were measured there. */
export type RunInput = Readonly<{
  leads: number;
  /** Leads a second that are sent. */
  ratePerSecond: number;
  delaySeconds: number;
  /** Invocations of a function that run at the same time. */
  workers: number;
  /** Processors of a cloud that runs on one machine, and the CPU time that a lead takes there. */
  cores: number;
  cpuSecondsPerLead: number;
  secondsPerRequest: number;
  secondsPerBatch: number;
  leadsPerBatch: number;
}>;

export type RunPrediction = Readonly<{
  acceptedPerSecond: number;
  mailedPerSecond: number;
  /** From the first request to the last mail. */
  seconds: number;
  /** Messages that are due and wait for a worker, when the last lead is due. */
  mostDue: number;
}>;

/**
 * Predicts a run: each stage passes on what comes in, up to its capacity, which is its workers divided by the time of one
 * piece of work. The processors limit both stages together.
 */
export const predictRun = (run: RunInput): RunPrediction => {
  const { leads, ratePerSecond, delaySeconds, workers, secondsPerRequest, secondsPerBatch, leadsPerBatch } = run;
  const byProcessors = run.cores / run.cpuSecondsPerLead;
  const acceptedPerSecond = Math.min(ratePerSecond, workers / secondsPerRequest, byProcessors);
  const mailedPerSecond = Math.min(acceptedPerSecond, (workers * leadsPerBatch) / secondsPerBatch);
  return {
    acceptedPerSecond,
    mailedPerSecond,
    seconds: delaySeconds + leads / mailedPerSecond + secondsPerRequest + secondsPerBatch,
    mostDue: leads * (1 - mailedPerSecond / acceptedPerSecond),
  };
};

/** Workers of each function on the embedded cloud (dev/cloud/ministack-launcher.py, `WORKERS_PER_FUNCTION`). */
export const embeddedWorkers = 8;

/**
 * The load and the service times of a run of `npm run bench:load`.
 *
 * @throws an Error if a function did not run
 */
export const inputOf = ({
  leads,
  ratePerSecond,
  delaySeconds,
  machine,
  invocations,
  cpuPerLead,
}: LoadRun): RunInput => {
  const { IngestionFunction: ingestion, EnrichmentFunction: enrichment } = invocations;
  if (ingestion === undefined || enrichment === undefined) throw new Error('The run has no invocations.');
  return {
    leads,
    ratePerSecond,
    delaySeconds,
    workers: embeddedWorkers,
    cores: machine.cores,
    cpuSecondsPerLead: Object.values(cpuPerLead).reduce((sum, { late }) => sum + late, 0) / 1000,
    secondsPerRequest: ingestion.averageMs / 1000,
    secondsPerBatch: enrichment.averageMs / 1000,
    leadsPerBatch: leads / enrichment.count,
  };
};
