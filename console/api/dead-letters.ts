import * as t from 'io-ts';
import { nullable } from '../../shared/codecs/nullable';
import { deadLetterReason } from '../../shared/operations/dead-letter-reason';
import { eventState } from '../../shared/stored/event-state';
import { changes, reads } from './endpoint';
import { listState } from './kept-list';
import { personal } from './personal';
import { task } from './task';
import { whole } from './whole';

/** Which dead letters of the list. A dead letter must match each criterion that is present. */
const deadLetterFilter = t.partial(
  {
    reason: deadLetterReason,
    source: t.string,
    /** A part of an id, a lead id, a source or a reason. */
    search: t.string,
  },
  'DeadLetterFilter',
);

export type DeadLetterFilter = t.TypeOf<typeof deadLetterFilter>;

const deadLetterRow = t.readonly(
  t.type({
    /** The SQS message id. */
    message: t.string,
    /** The id by which `leadline dlq` names it: the event id, or the message id. */
    id: t.string,
    lead_id: nullable(t.string),
    source: nullable(t.string),
    state: nullable(eventState),
    reason: deadLetterReason,
    /** Names places and kinds, never values. */
    reason_detail: nullable(t.string),
    attempts: nullable(t.number),
    /** When its message was first sent, and when SQS deletes it. */
    since: t.string,
    expires_at: t.string,
  }),
  'DeadLetterRow',
);

export type DeadLetterRow = t.TypeOf<typeof deadLetterRow>;

const sourceCount = t.readonly(t.type({ source: nullable(t.string), count: t.number }));

const deadLetterGroup = t.readonly(
  t.type({
    reason: deadLetterReason,
    count: t.number,
    /** When the oldest of them was first sent, and when SQS deletes it. */
    oldest: t.string,
    first_expiry: t.string,
    /** The largest count first. */
    sources: t.readonlyArray(sourceCount),
  }),
  'DeadLetterGroup',
);

export type DeadLetterGroup = t.TypeOf<typeof deadLetterGroup>;

/**
 * The dead letters of the list, oldest first. It reads the list that the server keeps, not the queue: a receive hides
 * the messages from other consumers for a moment, so the queue is read only by `readDeadLetters`.
 */
export const deadLetters = reads(
  '/api/dead-letters',
  deadLetterFilter,
  t.readonly(
    t.intersection([
      listState,
      t.type({
        /** About how many dead letters other consumers held at the reading, so that the list lacks them. */
        held: t.number,
        /** How many could not be made visible again after the reading. They stay hidden for at most 5 minutes. */
        still_hidden: t.number,
        /** The groups of the whole list, the largest first. */
        groups: t.readonlyArray(deadLetterGroup),
        sources: t.readonlyArray(sourceCount),
        rows: t.readonlyArray(deadLetterRow),
      }),
    ]),
    'DeadLetters',
  ),
);

/** Reads the queue. If a reading is under way, it is answered with that one. */
export const readDeadLetters = changes('/api/dead-letters/read', t.type({}), task);

/** One dead letter of the list by its message id or the id of `leadline dlq`. */
export const deadLetter = reads(
  '/api/dead-letters/one',
  t.intersection([t.type({ id: t.string }), personal]),
  nullable(
    t.readonly(
      t.type({
        row: deadLetterRow,
        /** Whether the message is one that Leadline writes. */
        is_understood: t.boolean,
        /** `null` for a message that is not understood, unless `personal` is `shown`: it may hold anything. */
        body: nullable(t.string),
        is_cut: t.boolean,
        /** Of its event, as the table has it now. `null` if there is no event. */
        event: nullable(
          t.readonly(
            t.type({
              event_id: t.string,
              received_at: t.string,
              timeline: t.readonlyArray(t.type({ at: t.string, what: t.string, reason: nullable(t.string) })),
            }),
          ),
        ),
        /** Other dead letters of the same event: their message ids. */
        others: t.readonlyArray(t.string),
      }),
      'DeadLetterDetail',
    ),
  ),
);

/**
 * The dead letters that the user has chosen in a list: those of `messages`, or those that match the filter. `count` is
 * how many the page said that there are. If the list was read again, and what is chosen is not the same in it, or more is
 * chosen, the action is refused.
 */
const choice = t.intersection([
  t.type({ since: t.string, count: whole }),
  t.partial({ messages: t.readonlyArray(t.string), filter: deadLetterFilter }),
]);

export type DeadLetterChoice = t.TypeOf<typeof choice>;

/** Sends dead letters to be enriched again at once. */
export const redriveDeadLetters = changes('/api/dead-letters/redrive', choice, task);

/** Discards dead letters for good. `reason` is kept in the history of each event: 1 to 512 characters. */
export const discardDeadLetters = changes(
  '/api/dead-letters/discard',
  t.intersection([choice, t.type({ reason: t.string })]),
  task,
);

const missingRow = t.readonly(
  t.type({
    /** Lead id and event id, with a slash in between. */
    key: t.string,
    event_id: t.string,
    lead_id: t.string,
    source: t.string,
    reason: nullable(deadLetterReason),
    failed_at: nullable(t.string),
    /** Whether a mail was or may have been sent, so that bringing it back may send a second one. */
    maybe_mailed: t.boolean,
  }),
  'MissingRow',
);

export type MissingRow = t.TypeOf<typeof missingRow>;

/** Failed events without a dead letter, as `findMissing` found them. `matching` counts all. */
export const missing = reads(
  '/api/dead-letters/missing',
  t.type({}),
  t.readonly(
    t.intersection([
      listState,
      t.type({
        maybe_mailed: t.number,
        held: t.number,
        /** How many records of events could not be decoded. */
        unreadable: t.number,
        rows: t.readonlyArray(missingRow),
      }),
    ]),
    'Missing',
  ),
);

/** Reads the queue and the whole table, which costs a read of each item. */
export const findMissing = changes('/api/dead-letters/missing/find', t.type({}), task);

/** Sends failed events without a dead letter to be enriched again: those of `keys`, or all. */
export const bringBack = changes(
  '/api/dead-letters/missing/bring-back',
  t.intersection([
    t.type({ since: t.string, count: whole, with_maybe_mailed: t.boolean }),
    t.partial({ keys: t.readonlyArray(t.string) }),
  ]),
  task,
);
