import { availableParallelism, cpus, loadavg } from 'node:os';

/** What ran a measurement, and today's date in UTC. */
export const thisMachine = (): Readonly<{ date: string; processor: string; cores: number }> => ({
  date: new Date().toISOString().slice(0, 10),
  processor: cpus()[0]?.model.trim() ?? 'unknown processor',
  cores: availableParallelism(),
});

/** The mean number of processes that ran or waited for a processor in the last minute. */
export const loadNow = (): number => loadavg()[0] ?? 0;
