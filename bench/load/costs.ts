import type { Sample } from './sampler';

/**
 * CPU time of each lead near the begin and near the end of a run, in milliseconds.
 *
 * `ratio` is that of `late` to `early`, as on a processor whose speed does not change. `slowdown` is how much longer a
 * fixed computation took in the last part than in the first.
 */
export type Cost = Readonly<{ early: number; late: number; slowdown: number; ratio: number }>;

/** CPU time used by a program at a moment, interpolated between the samples around it. */
const cpuAt = (samples: readonly Sample[], name: string, atMs: number): number => {
  const used = (sample: Sample | undefined): number => sample?.cpuMs[name] ?? 0;
  const next = samples.findIndex((sample) => sample.atMs >= atMs);
  if (next <= 0) return used(next === 0 ? samples[0] : samples.at(-1));
  const [before, after] = [samples[next - 1], samples[next]];
  const [from, to] = [before?.atMs ?? atMs, after?.atMs ?? atMs];
  const share = to === from ? 1 : (atMs - from) / (to - from);
  return used(before) + share * (used(after) - used(before));
};

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

const during = (samples: readonly Sample[], fromMs: number, toMs: number): readonly Sample[] =>
  samples.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);

/** How many leads each of the two compared parts has: 1,000, or fewer in a short run. */
export const partOf = (leads: number): number => Math.min(1000, Math.floor(leads / 4));

/**
 * Compares the CPU time that a program uses for a lead in the second thousand leads, and in the last thousand. The first
 * thousand is left out, because new workers load their code and compile it then.
 *
 * @param doneMs when the program was done with each lead, milliseconds since the epoch
 */
export const costOf = (samples: readonly Sample[], name: string, doneMs: readonly number[]): Cost => {
  const done = [...doneMs].sort((one, other) => one - other);
  const part = partOf(done.length);
  const between = (first: number, last: number) => {
    const [fromMs, toMs] = [done[first] ?? NaN, done[last] ?? NaN];
    return {
      cpuMs: (cpuAt(samples, name, toMs) - cpuAt(samples, name, fromMs)) / (last - first),
      yardstickMs: median(during(samples, fromMs, toMs).map(({ yardstickMs }) => yardstickMs)),
    };
  };
  const early = between(part - 1, 2 * part - 1);
  const late = between(done.length - 1 - part, done.length - 1);
  const slowdown = late.yardstickMs / early.yardstickMs;
  return { early: early.cpuMs, late: late.cpuMs, slowdown, ratio: late.cpuMs / early.cpuMs / slowdown };
};

/** Memory in the second and in the last quarter of a run, medians in bytes, and the growth over 1,000 leads. */
export type Memory = Readonly<{ early: number; late: number; ratio: number; per1000Leads: number }>;

/**
 * How the memory of the largest worker of a function changes. The first quarter is left out, because Node.js enlarges
 * its heap then.
 *
 * @param doneMs when each lead was done, milliseconds since the epoch
 */
export const memoryChange = (samples: readonly Sample[], name: string, doneMs: readonly number[]): Memory => {
  const done = [...doneMs].sort((one, other) => one - other);
  const at = (share: number): number => done[Math.floor((done.length - 1) * share)] ?? NaN;
  const between = (from: number, to: number): number =>
    median(during(samples, at(from), at(to)).flatMap(({ bytes }) => (bytes[name] === undefined ? [] : [bytes[name]])));
  const early = between(0.25, 0.5);
  const late = between(0.75, 1);
  // The middles of the two quarters are half of the leads apart.
  return { early, late, ratio: late / early, per1000Leads: ((late - early) * 1000) / (done.length / 2) };
};
