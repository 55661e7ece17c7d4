import { check, type Check } from '../../tests/faults/check';
import type { LoadRun } from './record';

/** The functions that work on each lead. */
export const functionNames = ['IngestionFunction', 'EnrichmentFunction'] as const;

/** The most that a ratio of late to early may be. */
export const mostGrowth = 1.1;

const exceeding = (ratios: Readonly<Record<string, Readonly<{ ratio: number }>>>): readonly string[] =>
  functionNames.flatMap((name) => {
    const ratio = ratios[name]?.ratio ?? NaN;
    return ratio <= mostGrowth ? [] : [`${name}: ${ratio.toFixed(2)}, at most ${mostGrowth}`];
  });

/** In a shorter run the workers still warm up: V8 compiles their code and enlarges their heaps. */
const leastLeads = 5_000;

/** Whether a run is long enough for the bounds. */
export const isJudged = ({ leads }: Pick<LoadRun, 'leads'>): boolean => leads >= leastLeads;

/** Whether a lead costs the same, and a worker needs the same memory, at the begin and at the end of a long run. */
export const checkBounds = (run: Pick<LoadRun, 'leads' | 'cpuPerLead' | 'memory'>): readonly Check[] =>
  isJudged(run)
    ? [
        check('the last leads cost no more CPU time than the first', exceeding(run.cpuPerLead)),
        check('the memory of the workers is flat', exceeding(run.memory)),
      ]
    : [];
