import * as t from 'io-ts';
import { instant } from '../../codecs/instant';
import { failureReason } from '../../lead/failure-reason';
import { leadId } from '../../lead/lead-id';
import { eventState } from '../../stored/event-state';

/**
 * What the overview needs of an event. A scan reads these attributes and no others. Times are instants in UTC. An event
 * whose time of receipt is none has no place among the others, and counts as unreadable; its other times may be any text.
 */
export const eventFacts = t.readonly(
  t.intersection([
    t.type({ lead_id: leadId, event_id: t.string, source: t.string, state: eventState, received_at: instant }),
    t.partial({
      reason: failureReason,
      failed_reason: failureReason,
      due_at: t.string,
      notified_at: t.string,
      failed_at: t.string,
      redriven_at: t.string,
      replayed_at: t.string,
      /** Seconds since 1970. Absent if it is not known. */
      expires_at: t.number,
    }),
  ]),
  'EventFacts',
);

export type EventFacts = t.TypeOf<typeof eventFacts>;

/** The attributes of `eventFacts`. */
export const factNames = [
  'lead_id',
  'event_id',
  'source',
  'state',
  'received_at',
  'reason',
  'failed_reason',
  'due_at',
  'notified_at',
  'failed_at',
  'redriven_at',
  'replayed_at',
  'expires_at',
] as const satisfies readonly (keyof EventFacts)[];
