import * as t from 'io-ts';
import { nullable } from '../../shared/codecs/nullable';
import { storedProblem } from '../../shared/codecs/stored-problem';
import { quarantinedKind, quarantineState } from '../../shared/stored/quarantine-item';
import { changes, reads } from './endpoint';
import { listState } from './kept-list';
import { personal } from './personal';
import { task } from './task';
import { whole } from './whole';

/** Which requests of the list. A request must match each criterion that is present. */
const quarantineFilter = t.partial(
  {
    /** QUARANTINED if it is absent. */
    state: t.union([quarantineState, t.literal('all')]),
    source: t.string,
    kind: quarantinedKind,
    /** The place of a problem, such as `email`, or a problem as the page shows it: `email is missing`. */
    problem: t.string,
    /** A part of an id, a source or a problem. */
    search: t.string,
  },
  'QuarantineFilter',
);

export type QuarantineFilter = t.TypeOf<typeof quarantineFilter>;

const outcome = t.readonly(
  t.type({
    at: t.string,
    /** What the latest action of this console did with the request. */
    says: t.string,
    /** The problems that the leads of the request have with the present settings. */
    problems: t.readonlyArray(storedProblem),
    leads: t.readonlyArray(t.type({ lead_id: t.string, event_id: t.string, is_new: t.boolean })),
  }),
  'QuarantineOutcome',
);

const quarantineRow = t.readonly(
  t.type({
    id: t.string,
    source: t.string,
    state: quarantineState,
    kind: quarantinedKind,
    /** Places and expectations, never values. */
    problems: t.readonlyArray(storedProblem),
    received_at: t.string,
    outcome: nullable(outcome),
  }),
  'QuarantineRow',
);

export type QuarantineRow = t.TypeOf<typeof quarantineRow>;

const quarantineGroup = t.readonly(
  t.type({
    source: t.string,
    kind: quarantinedKind,
    /** The first problem of the requests. */
    problem: storedProblem,
    count: t.number,
    oldest: t.string,
  }),
  'QuarantineGroup',
);

export type QuarantineGroup = t.TypeOf<typeof quarantineGroup>;

/** The quarantined requests of the list that the server keeps, oldest first. `readQuarantine` reads it. */
export const quarantine = reads(
  '/api/quarantine',
  quarantineFilter,
  t.readonly(
    t.intersection([
      listState,
      t.type({
        /** Groups of the requests in state QUARANTINED, the largest first. */
        groups: t.readonlyArray(quarantineGroup),
        states: t.readonly(t.type({ QUARANTINED: t.number, REVALIDATED: t.number, DISCARDED: t.number })),
        sources: t.readonlyArray(t.string),
        /** How many items could not be decoded. */
        unreadable: t.number,
        rows: t.readonlyArray(quarantineRow),
      }),
    ]),
    'Quarantine',
  ),
);

/** Reads the items of each source. If a reading is under way, it is answered with that one. */
export const readQuarantine = changes('/api/quarantine/read', t.type({}), task);

const request = t.readonly(
  t.type({
    method: t.string,
    /** Without secrets. Addresses in it are masked unless `personal` is `shown`, as in the headers. */
    url: t.string,
    headers: t.readonlyArray(t.type({ name: t.string, value: t.string })),
    content_type: t.string,
    bytes: t.number,
    /** Names and kinds of the values, never the values. `null` if the body is neither JSON nor a form. */
    shape: nullable(t.readonlyArray(t.string)),
    /** Only if `personal` is `shown`. Secrets are masked. */
    body: nullable(t.string),
    is_cut: t.boolean,
  }),
  'QuarantinedRequestView',
);

/** One request, as the table and its object have it now. `null` if it has expired. */
export const quarantined = reads(
  '/api/quarantine/one',
  t.intersection([t.type({ source: t.string, id: t.string }), personal]),
  nullable(
    t.readonly(
      t.type({
        row: quarantineRow,
        correlation_id: nullable(t.string),
        /** Who revalidated or discarded it, when, and why it was discarded. */
        decision: nullable(t.type({ at: t.string, by: nullable(t.string), reason: nullable(t.string) })),
        /** The events of its leads, if it was revalidated. */
        events: t.readonlyArray(t.type({ lead_id: t.string, event_id: t.string })),
        /** `missing` or `unreadable` if its object is. */
        request: t.union([request, t.literal('missing'), t.literal('unreadable')]),
      }),
      'QuarantinedDetail',
    ),
  ),
);

/** The requests that the user has chosen: see `DeadLetterChoice`. `ids` have the source and the id, with a slash. */
const choice = t.intersection([
  t.type({ since: t.string, count: whole }),
  t.partial({ ids: t.readonlyArray(t.string), filter: quarantineFilter }),
]);

export type QuarantineChoice = t.TypeOf<typeof choice>;

/** Reads requests with the present settings of their source, and makes an event of each lead. */
export const revalidate = changes('/api/quarantine/revalidate', choice, task);

/** Gives requests up for good. `reason` is kept with each: 1 to 512 characters. */
export const discardQuarantined = changes(
  '/api/quarantine/discard',
  t.intersection([choice, t.type({ reason: t.string })]),
  task,
);
