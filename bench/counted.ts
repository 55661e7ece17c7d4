import type { Counts } from './cost/count';
import { recordedCounts } from './cost/counted';
import { total } from './cost/model';
import { defaults } from './cost/options';
import { atMostPerMillion, reportOf } from './cost/report';
import { deployedStack } from './cost/stack';
import { partsOf, rateAtLimit } from './scale/parts';
import { defaultSettings } from './scale/settings';
import type { Answer } from './measure';

/** The most write units of a lead from its request to its mail. */
const mostWriteUnits = 10;

/** The least leads a second that the partitions of the table must carry. */
const leastLeadsPerSecond = 5_000;

/** The rate at which the busiest partition of the table or of an index has no write unit left. */
const partitionRate = (counts: Counts): number => {
  const settings = defaultSettings();
  const partitions = partsOf(settings, counts).filter(
    ({ name, limit }) => name.startsWith('DynamoDB') && limit === settings.partitionWriteUnits,
  );
  return Math.min(...partitions.map(rateAtLimit));
};

/** How often does a lead call AWS, and what does it cost? These numbers are counted, not measured. */
export const countedCosts = (): Answer => {
  const counts = recordedCounts();
  const { accepted, enriched } = counts;
  const { dollars } = reportOf(counts, deployedStack(), defaults);
  return {
    title: 'Calls and cost',
    about:
      'Counted, not measured: `npm test` compares these counts with the code. [cost.md](cost.md) says how the dollars are ' +
      'computed, [scale.md](scale.md) what limits the rate of leads, [load.md](load.md) what the embedded cloud did under load.',
    rows: [
      { what: 'AWS calls of an accepted lead, warm', unit: '', measured: total(accepted.calls) },
      { what: 'AWS calls of its enrichment', unit: '', measured: total(enriched.calls) },
      {
        what: 'write units of a lead',
        unit: '',
        measured: total(accepted.writeUnits) + total(enriched.writeUnits),
        atMost: mostWriteUnits,
      },
      {
        what: '$ for a million leads, without mails and traces',
        unit: '',
        measured: dollars,
        atMost: atMostPerMillion,
      },
      {
        what: 'leads a second that the partitions of the table carry',
        unit: '',
        measured: partitionRate(counts),
        atLeast: leastLeadsPerSecond,
      },
    ],
  };
};
