import type { Revalidated } from '../../shared/operations/quarantine/revalidate-quarantined';
import { revalidateOutcomeTexts } from '../../shared/operations/views/outcome-text';

/** What became of a quarantined request, and of each of its leads. */
export const revalidatedLines = ({ item, outcome, leads }: Revalidated): readonly string[] => [
  `${item.id.slice(0, 12)}  ${revalidateOutcomeTexts[outcome]}`,
  ...leads.flatMap((lead) =>
    lead.kind === 'rejected'
      ? lead.problems.map(({ path, message }) => `  ${path} ${message}`)
      : [`  ${lead.kind}  ${lead.event.lead_id}  ${lead.event.event_id.slice(0, 12)}`],
  ),
];
