import * as t from 'io-ts';
import { failureReason } from '../../lead/failure-reason';
import { leadId } from '../../lead/lead-id';
import { eventState } from '../../stored/event-state';

/** What the overview needs of an event. A scan reads these attributes and no others. Times are instants in UTC. */
export const eventFacts = t.readonly(
  t.intersection([
    t.type({ lead_id: leadId, event_id: t.string, source: t.string, state: eventState, received_at: t.string }),
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
