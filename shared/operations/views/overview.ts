// The web page decodes answers with this codec. So this file imports only io-ts and code that needs no Node.js.
import * as t from 'io-ts';
import { nullable } from '../../codecs/nullable';
import type { FailureReason } from '../../lead/failure-reason';
import type { EventState } from '../../stored/event-state';

/** An instant in UTC. */
const at = t.string;

/** The parts of the overview that are read apart from each other. */
const overviewPart = t.keyof(
  { count: null, events: null, queues: null, quarantine: null, activity: null, senders: null },
  'OverviewPart',
);

export type OverviewPart = t.TypeOf<typeof overviewPart>;

const troubleKind = t.keyof(
  {
    'access-denied': null,
    'no-credentials': null,
    throttled: null,
    gone: null,
    unreadable: null,
    'no-answer': null,
    failed: null,
  },
  'TroubleKind',
);

export type TroubleKind = t.TypeOf<typeof troubleKind>;

/** A part of the overview that cannot be read at present. What was read before stays in the overview. */
export const trouble = t.readonly(
  t.type({
    part: overviewPart,
    kind: troubleKind,
    /** The name or code of the error. */
    cause: t.string,
    /** The permissions that reading the part needs, such as `dynamodb:Scan`. */
    rights: t.readonlyArray(t.string),
    /** Since when the part cannot be read. */
    since: at,
  }),
  'Trouble',
);

export type Trouble = t.TypeOf<typeof trouble>;

/**
 * - `running`: the first count has not ended, so that the numbers of events are too small.
 * - `complete`: all events were counted, and changes are followed since.
 * - `limited`: there are more items than the limit. The numbers of events are `null` until an operator asks for a count.
 */
const countState = t.keyof({ running: null, complete: null, limited: null }, 'CountState');

export type CountState = t.TypeOf<typeof countState>;

const counted = t.readonly(
  t.type({
    state: countState,
    /** Events in the model. */
    events: t.number,
    /** About how many items the table has, leads included. DynamoDB updates it every six hours. */
    about: nullable(t.number),
    /** How many items are counted without being asked. */
    limit: t.number,
    /** When the latest complete count began. */
    at: nullable(at),
    /** Whether a count is running, be it the first one or a later one. */
    is_counting: t.boolean,
    /** Items that could not be decoded by the latest count. */
    unreadable: t.number,
  }),
);

const states = t.readonly(
  t.type({ RECEIVED: t.number, CLAIMED: t.number, NOTIFIED: t.number, FAILED: t.number, DISCARDED: t.number }),
);

/**
 * A period in UTC, with the events that were received, mailed and failed in it. An event counts once for each, at its
 * latest mail and its latest failure.
 */
const period = t.readonly(t.type({ at, received: t.number, mailed: t.number, failed: t.number }), 'Period');

export type Period = t.TypeOf<typeof period>;

/** How often each reason occurs. Reasons that do not occur are left out. */
const byReason = t.readonly(t.record(t.string, t.number));

const sourceOverview = t.readonly(
  t.type({
    source: t.string,
    /** When it sent its latest event that is kept. */
    last_at: nullable(at),
    last_hour: nullable(t.number),
    last_day: nullable(t.number),
    /** What it sent in each of the `hours` of the overview. */
    by_hour: nullable(t.readonlyArray(t.number)),
    /** FAILED events of the source. */
    failed: nullable(t.number),
    /** Requests in quarantine. */
    quarantined: nullable(t.number),
    /** Requests and leads of authentic senders that were rejected in the last 24 hours. */
    rejected: nullable(t.number),
    /** Not known from metrics, which have either the source or the reason. */
    rejected_by_reason: nullable(byReason),
    /**
     * How many requests had the first secret, the second one, or one of the previous version, in the last 24 hours. The
     * name has no "secret", because outputs mask such fields.
     */
    keys_matched: nullable(t.readonly(t.type({ first: t.number, second: t.number, previous: t.number }))),
    /** Whether it is silent for longer than its setting `silence_hours` allows. `null` without that setting. */
    is_silent: nullable(t.boolean),
    silence_hours: nullable(t.number),
  }),
  'SourceOverview',
);

export type SourceOverview = t.TypeOf<typeof sourceOverview>;

/** What the pipeline does, as JSON for programs. What is not known is `null`. Times are instants in UTC. */
export const overview = t.readonly(
  t.type({
    /** When the overview was computed. */
    at,
    /** Since when events or queues cannot be read. `null` if they can. */
    stale_since: nullable(at),
    troubles: t.readonlyArray(trouble),
    counted,
    /** Events by state. */
    events: nullable(states),
    /** The last 24 hours by hour, oldest first. The last one is the present hour. */
    hours: nullable(t.readonlyArray(period)),
    /** The last 30 days by day, oldest first. The last one is the present day. */
    days: nullable(t.readonlyArray(period)),
    /**
     * From when an event was due until it was mailed, of the events mailed in the last 24 hours. Events that an operator
     * redrove or replayed are left out.
     */
    due_to_mailed: nullable(
      t.readonly(t.type({ count: t.number, p50_ms: nullable(t.number), p99_ms: nullable(t.number) })),
    ),
    delay_queue: t.readonly(
      t.type({
        /** Messages that wait for their delay, or for a worker. */
        waiting: nullable(t.number),
        in_flight: nullable(t.number),
        /** When the next pending event is due. */
        next_due_at: nullable(at),
        /** When the pending event that waits longest was due. */
        oldest_due_at: nullable(at),
      }),
    ),
    retry_queue: t.readonly(t.type({ waiting: nullable(t.number), in_flight: nullable(t.number) })),
    dead_letters: t.readonly(
      t.type({
        waiting: nullable(t.number),
        /** Messages that a command holds. */
        hidden: nullable(t.number),
        /** When the oldest event that is FAILED failed. */
        oldest_failed_at: nullable(at),
        /** FAILED events by reason. */
        by_reason: nullable(byReason),
      }),
    ),
    quarantine: nullable(
      t.readonly(
        t.type({
          count: t.number,
          oldest_at: nullable(at),
          by_kind: t.readonly(t.type({ body: t.number, lead: t.number })),
          /** Whether all items were read. If not, the numbers are too small. */
          is_whole: t.boolean,
        }),
      ),
    ),
    /** Requests and leads that were rejected in the last 24 hours, by reason, also those without a known source. */
    rejected_by_reason: nullable(byReason),
    /** Where the rejections and secrets were read: in CloudWatch metrics, or in the log of a local cloud. */
    senders_read_from: nullable(t.keyof({ metrics: null, log: null })),
    sources: t.readonlyArray(sourceOverview),
  }),
  'Overview',
);

export type Overview = t.TypeOf<typeof overview>;

/** An event that a search found: ids and times, and no personal data but what the sender put into the ids. */
export type FoundEvent = Readonly<{
  lead_id: string;
  event_id: string;
  source: string;
  state: EventState;
  /** Why it failed, or why its latest attempt failed. `null` for a NOTIFIED event. */
  reason: FailureReason | null;
  received_at: string;
  due_at: string | null;
  notified_at: string | null;
  failed_at: string | null;
}>;

export type EventsPage = Readonly<{
  events: readonly FoundEvent[];
  /** The cursor of the next page; `null` on the last page. */
  next: string | null;
  /** Whether the search knew all events: whether a count is complete. */
  is_whole: boolean;
}>;
