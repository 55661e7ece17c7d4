import * as t from 'io-ts';

/**
 * - RECEIVED: recorded, and waiting for enrichment.
 * - CLAIMED: a worker holds the event until its lease ends.
 * - NOTIFIED: the mail was sent.
 * - FAILED: enrichment or the reconciler gave up. The event waits for an operator.
 * - DISCARDED: an operator decided that the event needs no mail.
 */
export const eventState = t.keyof(
  { RECEIVED: null, CLAIMED: null, NOTIFIED: null, FAILED: null, DISCARDED: null },
  'EventState',
);

export type EventState = t.TypeOf<typeof eventState>;

/**
 * Whether the ingestion of an event may be incomplete, so that a retry of its sender repeats it. An attempt that dies
 * half-way leaves an item in any state that the reconciler and enrichment bring it to. Only NOTIFIED proves that the
 * raw object and the lead exist, because enrichment used them. DISCARDED is the decision of an operator, which a late
 * retry does not undo.
 */
export const isUnfinished = (state: EventState): boolean => {
  switch (state) {
    case 'RECEIVED':
    case 'CLAIMED':
    case 'FAILED':
      return true;
    case 'NOTIFIED':
    case 'DISCARDED':
      return false;
  }
};
