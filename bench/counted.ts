import { recordedCounts } from './cost/counted';
import { defaults } from './cost/options';
import { atMostPerMillion, reportOf } from './cost/report';
import { deployedStack } from './cost/stack';
import type { Answer } from './measure';

/** The most write units of a lead from its request to its mail. */
const mostWriteUnits = 10;

const sumOf = (numbers: Readonly<Record<string, number>>): number =>
  Object.values(numbers).reduce((sum, one) => sum + one, 0);

/** How often does a lead call AWS, and what does it cost? These numbers are counted, not measured. */
export const countedCosts = (): Answer => {
  const counts = recordedCounts();
  const { accepted, enriched } = counts;
  const { dollars } = reportOf(counts, deployedStack(), defaults);
  return {
    title: 'Calls and cost',
    about:
      'Counted, not measured: `npm test` compares these counts with the code. [cost.md](cost.md) says how the dollars are ' +
      'computed, [load.md](load.md) what the embedded cloud did under load.',
    rows: [
      { what: 'AWS calls of an accepted lead, warm', unit: '', measured: sumOf(accepted.calls) },
      { what: 'AWS calls of its enrichment', unit: '', measured: sumOf(enriched.calls) },
      {
        what: 'write units of a lead',
        unit: '',
        measured: sumOf(accepted.writeUnits) + sumOf(enriched.writeUnits),
        atMost: mostWriteUnits,
      },
      {
        what: '$ for a million leads, without mails and traces',
        unit: '',
        measured: dollars,
        atMost: atMostPerMillion,
      },
    ],
  };
};
