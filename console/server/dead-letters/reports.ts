import { type DiscardReport, isUnchanged } from '../../../shared/operations/discard-dead-letters';
import type { ProcessingReport } from '../../../shared/operations/process-dead-letters';
import type { RedriveReport } from '../../../shared/operations/redrive-dead-letters';
import { countsOf } from '../../../shared/operations/views/event-counts';
import { discardOutcomeTexts } from '../../../shared/operations/views/outcome-text';

type Remaining = Pick<ProcessingReport, 'held' | 'lost' | 'stillHidden'>;

/** Which messages could not be processed or released, in sentences. */
export const remainingReport = ({ held, lost, stillHidden }: Remaining): readonly string[] => [
  ...(held > 0 ? [`Other consumers held about ${held} more dead letters. Read the list again in 5 minutes.`] : []),
  ...(lost > 0 ? [`${lost} could not be kept hidden and were not processed. Read the list again.`] : []),
  ...(stillHidden > 0
    ? [`${stillHidden} could not be made visible again. They stay hidden for at most 5 minutes.`]
    : []),
];

/** @param confirmed how many the user confirmed */
export const redriveReport = (report: RedriveReport, confirmed: number): readonly string[] => [
  `${report.redriven} of ${confirmed} redriven.`,
  ...(report.refused > 0
    ? [`SQS refused ${report.refused} messages. They stay in the dead-letter queue. Look at each, then discard it.`]
    : []),
  ...goneReport(report.chosen.length, confirmed),
  ...remainingReport(report),
];

/** @param confirmed how many the user confirmed */
export const discardReport = ({ outcomes, chosen, ...remaining }: DiscardReport, confirmed: number) => {
  const counts = countsOf(outcomes.map(({ outcome }) => outcome));
  const removed = outcomes.filter(({ outcome }) => !isUnchanged(outcome)).length;
  return [
    `${removed} of ${confirmed} removed from the dead-letter queue.`,
    ...Object.entries(counts).map(
      ([outcome, count]) => `${count} ${discardOutcomeTexts[outcome as keyof typeof counts]}.`,
    ),
    ...goneReport(chosen.length, confirmed),
    ...remainingReport(remaining),
  ];
};

/** Dead letters of the list that the queue did not hand out. */
const goneReport = (chosen: number, confirmed: number): readonly string[] =>
  chosen < confirmed ? [`${confirmed - chosen} were not in the queue any more, or are held by another consumer.`] : [];
