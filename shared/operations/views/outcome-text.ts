import type { DiscardOutcome } from '../discard-dead-letters';
import type { DiscardQuarantinedOutcome } from '../quarantine/discard-quarantined';
import type { RevalidateOutcome } from '../quarantine/revalidate-quarantined';

/** What a discard did with a dead letter. */
export const discardOutcomeTexts: Readonly<Record<DiscardOutcome, string>> = {
  discarded: 'discarded',
  'message-only': 'message removed; no event was discarded',
  stale: 'message removed; its event was notified or discarded before',
  moved: 'unchanged, because the pipeline is working on its event',
  unreadable: 'unchanged, because the record of its event cannot be decoded',
};

/** What a revalidation did with a quarantined request. */
export const revalidateOutcomeTexts: Readonly<Record<RevalidateOutcome, string>> = {
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

/** What a discard did with a quarantined request. */
export const discardQuarantinedOutcomeTexts: Readonly<Record<DiscardQuarantinedOutcome, string>> = {
  discarded: 'discarded',
  revalidated: 'unchanged, because its leads have events',
  gone: 'expired',
};
