import * as t from 'io-ts';
import { nullable } from '../../shared/codecs/nullable';
import { failureReason } from '../../shared/lead/failure-reason';
import { eventState } from '../../shared/stored/event-state';
import { changes, reads } from './endpoint';
import { leadRow } from './leads';
import { personal } from './personal';
import { task } from './task';

const step = t.readonly(
  t.type({
    at: t.string,
    /** The kind of the step: see `shared/stored/event-step.ts`. */
    what: t.string,
    /** What happened, as a sentence without personal data. */
    says: t.string,
    reason: nullable(t.string),
    /** The operator, if one caused the step. */
    by: nullable(t.string),
  }),
  'LeadStep',
);

/** Why an event failed: the code, what it means, and what an operator does about it. */
const failure = t.readonly(
  t.type({
    reason: failureReason,
    /** Places and kinds, never values. */
    detail: nullable(t.string),
    /** As in `reasonTexts`. */
    title: t.string,
    why: t.string,
    fix: t.string,
  }),
  'LeadFailure',
);

const leadActionName = t.keyof(
  { 'enrich-now': null, refresh: null, 'mail-again': null, redrive: null, discard: null, 'put-owner': null },
  'LeadActionName',
);

export type LeadActionName = t.TypeOf<typeof leadActionName>;

/** What can be done with an event now. */
const action = t.readonly(
  t.type({
    name: leadActionName,
    /** What it will do, as the text of its confirmation. */
    does: t.string,
    /** Why the state does not allow it. `null` if it does. */
    why_not: nullable(t.string),
    /** Whether it cannot be undone, or may send a mail. */
    is_final: t.boolean,
  }),
  'LeadAction',
);

const event = t.readonly(
  t.type({
    event_id: t.string,
    namespace: t.string,
    source: t.string,
    state: eventState,
    s3_key: t.string,
    /** By which the events of a lead are ordered. */
    event_time: t.string,
    received_at: t.string,
    due_at: nullable(t.string),
    claimed_at: nullable(t.string),
    /** Until when a worker holds the event. */
    lease_until: nullable(t.string),
    notified_at: nullable(t.string),
    failed_at: nullable(t.string),
    attempts: nullable(t.number),
    correlation_id: nullable(t.string),
    /** Why the latest attempt failed. `null` if it was mailed since. */
    failure: nullable(failure),
    /** Since when a refresh is on its way. */
    refresh_asked_at: nullable(t.string),
    /** Fields that ingestion could not read as they were sent: their names, never their values. */
    warnings: t.readonlyArray(t.type({ path: t.string, message: t.string })),
    discard_reason: nullable(t.string),
    /** Oldest first, starting with the receipt. */
    timeline: t.readonlyArray(step),
    /** What happens next, and when if that is known. `null` if nothing does unless a person acts. */
    next: nullable(t.type({ says: t.string, at: nullable(t.string) })),
    actions: t.readonlyArray(action),
  }),
  'LeadEventView',
);

export type LeadStep = t.TypeOf<typeof step>;
export type LeadFailure = t.TypeOf<typeof failure>;
export type LeadAction = t.TypeOf<typeof action>;
export type LeadEventView = t.TypeOf<typeof event>;

const leadHistory = t.readonly(
  t.type({
    lead_id: t.string,
    /** The leads of the id, one for each namespace, the one with the newest event first. */
    leads: t.readonlyArray(leadRow),
    /** Newest first. */
    events: t.readonlyArray(event),
    /** Items of the lead that cannot be decoded: their sort key, and what is wrong with them. */
    unreadable: t.readonlyArray(t.type({ item: nullable(t.string), problems: t.readonlyArray(t.string) })),
  }),
  'LeadHistoryView',
);

export type LeadHistory = t.TypeOf<typeof leadHistory>;

/** What happened to the leads of an id. An id that has no lead has no events: it is no error. */
export const lead = reads(
  '/api/lead',
  t.intersection([t.type({ id: t.string }), t.partial({ namespace: t.string }), personal]),
  leadHistory,
);

const eventOf = t.type({ id: t.string, event: t.string });

const document = t.readonly(
  t.type({
    key: t.string,
    /** JSON with an indent of two spaces. A text that is no JSON is as it is. At most 256 Ki characters. */
    text: nullable(t.string),
    /** Why there is no text. */
    why_not: nullable(t.string),
    bytes: nullable(t.number),
    is_cut: t.boolean,
    /** Lines of the text, from 1, that its counterpart does not have: in the enriched object, those of the owner. */
    added: t.readonlyArray(t.type({ from: t.number, to: t.number })),
  }),
  'LeadDocument',
);

export type LeadDocument = t.TypeOf<typeof document>;

/** What came in, and what was made of it. Values of fields are masked unless `personal` is `shown`. */
export const documents = reads(
  '/api/lead/documents',
  t.intersection([eventOf, personal]),
  t.readonly(t.type({ raw: document, enriched: document, owner_fields: t.readonlyArray(t.string) })),
);

/** The mails of an event as they were sent, newest first. Only local clouds keep mails. */
export const mail = reads(
  '/api/lead/mail',
  t.intersection([eventOf, personal]),
  t.readonly(
    t.type({
      mails: t.readonlyArray(
        t.type({ to: t.readonlyArray(t.string), subject: t.string, text: t.string, at: nullable(t.string) }),
      ),
      /** Why there are none. */
      why_not: nullable(t.string),
    }),
  ),
);

/** What an action did: a sentence, or the task that does it now. */
const outcome = t.readonly(t.type({ says: nullable(t.string), task: nullable(task) }), 'Outcome');

export type Outcome = t.TypeOf<typeof outcome>;

/**
 * The actions on an event. They act on the state that the table has then, and are answered with the problem `conflict`
 * if it does not allow them.
 */
export const enrichNow = changes('/api/lead/enrich-now', eventOf, outcome);
export const refresh = changes('/api/lead/refresh', eventOf, outcome);
export const mailAgain = changes('/api/lead/mail-again', eventOf, outcome);
export const redrive = changes('/api/lead/redrive', eventOf, outcome);
/** `reason` is kept in the history of the event: 1 to 512 characters. */
export const discard = changes('/api/lead/discard', t.intersection([eventOf, t.type({ reason: t.string })]), outcome);
