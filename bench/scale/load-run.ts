/** What is given about a run of leads on any cloud: the load, and the service times that were measured there. */
export type RunInput = Readonly<{
  leads: number;
  /** Leads a second that are sent. */
  ratePerSecond: number;
  delaySeconds: number;
  /** Invocations of a function that run at the same time. */
  workers: number;
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
 * piece of work.
 */
export const predictRun = (run: RunInput): RunPrediction => {
  const { leads, ratePerSecond, delaySeconds, workers, secondsPerRequest, secondsPerBatch, leadsPerBatch } = run;
  const acceptedPerSecond = Math.min(ratePerSecond, workers / secondsPerRequest);
  const mailedPerSecond = Math.min(acceptedPerSecond, (workers * leadsPerBatch) / secondsPerBatch);
  return {
    acceptedPerSecond,
    mailedPerSecond,
    seconds: delaySeconds + leads / mailedPerSecond + secondsPerRequest + secondsPerBatch,
    mostDue: leads * (1 - mailedPerSecond / acceptedPerSecond),
  };
};
