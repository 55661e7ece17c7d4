import { countedBy } from '../../tests/faults/snapshot';
import { functionNames } from './bounds';
import { costOf, memoryChange } from './costs';
import { distributionOf } from './distribution';
import type { Lead } from './lead-times';
import type { LoadLead } from './leads';
import type { LoadRun } from './record';
import type { Sample } from './sampler';
import type { Sent } from './send-lead';
import { timelineOf } from './timeline';

type Measured = Readonly<{
  planned: readonly LoadLead[];
  sent: readonly Sent[];
  /** Not empty. */
  leads: readonly Lead[];
  samples: readonly Sample[];
}> &
  Pick<LoadRun, 'date' | 'machine' | 'ratePerSecond' | 'delaySeconds' | 'invocations'>;

const points = 100;

/** Leads a second between the first and the third quarter of these times. */
const rateOf = (times: readonly number[]): number => {
  const sorted = [...times].sort((one, other) => one - other);
  const [first, last] = [0.25, 0.75].map((share) => Math.floor((sorted.length - 1) * share)) as [number, number];
  return ((last - first) * 1000) / ((sorted[last] ?? NaN) - (sorted[first] ?? NaN));
};

/** Turns what was measured into the record of a run. */
export const summarize = ({ planned, sent, leads, samples, ...given }: Measured): LoadRun => {
  const acceptedMs = leads.map((lead) => lead.acceptedMs);
  const mailedMs = leads.map((lead) => lead.mailedMs);
  const firstMs = leads.reduce((first, { sentMs }) => Math.min(first, sentMs), Infinity);
  const seconds = (mailedMs.reduce((last, ms) => Math.max(last, ms), 0) - firstMs) / 1000;
  // Ingestion and the emulator are compared while leads arrive, enrichment while leads are mailed.
  const doneBy: Readonly<Record<string, readonly number[]>> = {
    IngestionFunction: acceptedMs,
    EnrichmentFunction: mailedMs,
    emulator: acceptedMs,
  };
  const programs = [...functionNames, 'emulator'];
  const ofPrograms = <A>(of: (name: string) => A): Readonly<Record<string, A>> =>
    Object.fromEntries(programs.map((name) => [name, of(name)]));
  return {
    ...given,
    leads: planned.length,
    sources: Object.fromEntries(countedBy(planned.map(({ source }) => source.id))),
    seconds,
    throughput: { accepted: rateOf(acceptedMs), mailed: rateOf(mailedMs) },
    answers: Object.fromEntries(countedBy(sent.flatMap(({ answers }) => answers.map(String)))),
    accepted: distributionOf(leads.map(({ sentMs, acceptedMs }) => acceptedMs - sentMs)),
    dueToMailed: distributionOf(leads.map(({ dueMs, mailedMs }) => Math.max(0, mailedMs - dueMs))),
    mostQueued: Math.max(0, ...samples.map(({ queued = 0 }) => queued)),
    cpuPerLead: ofPrograms((name) => costOf(samples, name, doneBy[name] ?? [])),
    memory: ofPrograms((name) => memoryChange(samples, name, acceptedMs)),
    timeline: timelineOf(leads, samples, Math.max(1, Math.ceil(seconds / points))),
  };
};
