import type { RedriveReport } from '../redrive-dead-letters';

/** What a redrive did, as JSON for programs. Counts other than `redriven` and `chosen` are present only above 0. */
export const redriveView = ({ redriven, chosen, refused, held, lost, stillHidden }: RedriveReport) => ({
  redriven,
  chosen: chosen.length,
  ...Object.fromEntries(
    Object.entries({ refused, held, lost, still_hidden: stillHidden }).filter(([, count]) => count > 0),
  ),
});
