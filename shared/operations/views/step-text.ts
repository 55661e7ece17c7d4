import { failureReason } from '../../lead/failure-reason';
import type { Step } from '../../stored/event-step';
import { reasonTexts } from './reason-text';

/** A step in the history of an event as a sentence. Who did it, and when, are not in it. */
export const stepText = ({ what, reason }: Step): string => {
  switch (what) {
    case 'received':
      return 'Received, stored and queued.';
    case 'repeated':
      return 'Its sender sent it again, so that it was queued again.';
    case 'requeued':
      return 'ReconcileFunction queued it again, because it had not moved.';
    case 'taken-up':
      return 'A worker received its message again.';
    case 'claimed':
      return 'A worker claimed it, to enrich and mail it.';
    case 'notified':
      return 'Enriched and mailed.';
    case 'failed':
      return `Failed: ${reasonIn(reason)}`;
    case 'redriven':
      return 'An operator sent its dead letter to be enriched again.';
    case 'discarded':
      return `An operator gave it up${reason === undefined ? '.' : `: ${reason}`}`;
    case 'replayed':
      return 'An operator asked for one more mail.';
    case 'remapped':
      return 'An operator read its payload with the present mapping of the source.';
    case 'rebuilt':
      return 'An operator wrote its lost record again, from its raw object.';
    case 'refresh-asked':
      return 'An operator asked for a refresh without a mail.';
    case 'refreshed':
      return 'Refreshed: enriched again without a mail.';
    case 'refresh-failed':
      return `The refresh failed: ${reasonIn(reason)}`;
  }
};

const reasonIn = (reason: string | undefined): string => {
  if (reason === undefined) return 'the reason is not recorded.';
  return failureReason.is(reason) ? reasonTexts[reason].why : reason;
};
