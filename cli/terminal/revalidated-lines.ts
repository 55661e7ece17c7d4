import type { Revalidated, RevalidateOutcome } from '../../shared/operations/quarantine/revalidate-quarantined';

const outcomeTexts: Readonly<Record<RevalidateOutcome, string>> = {
  revalidated: 'revalidated',
  before: 'was revalidated before',
  discarded: 'unchanged, because it was discarded',
  invalid: 'stays in quarantine, because it still has problems',
  'no-lead': 'stays in quarantine, because the settings of its source find no lead in it',
  'no-source': 'stays in quarantine, because its source has no settings',
  'source-unreadable': 'stays in quarantine, because the settings of its source are invalid',
  'request-missing': 'unchanged, because its object is missing',
  'request-unreadable': 'unchanged, because its object cannot be decoded',
  gone: 'has expired, or its item cannot be decoded',
};

/** What became of a quarantined request, and of each of its leads. */
export const revalidatedLines = ({ item, outcome, leads }: Revalidated): readonly string[] => [
  `${item.id.slice(0, 12)}  ${outcomeTexts[outcome]}`,
  ...leads.flatMap((lead) =>
    lead.kind === 'rejected'
      ? lead.problems.map(({ path, message }) => `  ${path} ${message}`)
      : [`  ${lead.kind}  ${lead.event.lead_id}  ${lead.event.event_id.slice(0, 12)}`],
  ),
];
