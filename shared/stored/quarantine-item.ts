import * as t from 'io-ts';
import { instant } from '../codecs/instant';
import { storedProblem } from '../codecs/stored-problem';
import { leadId } from '../lead/lead-id';

/** What a quarantined request is: the body of a request, or one lead of a body with several. */
export const quarantinedKind = t.keyof({ body: null, lead: null }, 'body or lead');

const facts = t.type({
  /** 64 hexadecimal digits that depend on source and content. */
  id: t.string,
  source: t.string,
  /** When the request was first received. */
  received_at: instant,
  /** Key of the object with the request. */
  s3_key: t.string,
  kind: quarantinedKind,
  /** The first problems at that time. The object has all of them. */
  problems: t.readonlyArray(storedProblem),
});

const optional = t.partial({
  correlation_id: t.string,
  /** Id of the write that created the item, by which its writer recognises it. */
  recorded_by: t.string,
  /** Id of the latest change. */
  write_id: t.string,
  revalidated_by: t.string,
  discarded_at: t.string,
  discard_reason: t.string,
  discarded_by: t.string,
});

const quarantined = t.readonly(
  t.intersection([facts, optional, t.type({ state: t.literal('QUARANTINED') })]),
  'QuarantinedItem',
);

const revalidated = t.readonly(
  t.intersection([
    facts,
    optional,
    t.type({
      state: t.literal('REVALIDATED'),
      revalidated_at: t.string,
      /** The events of its leads. */
      events: t.readonlyArray(t.readonly(t.type({ lead_id: leadId, event_id: t.string }))),
    }),
  ]),
  'RevalidatedItem',
);

const discarded = t.readonly(
  t.intersection([
    facts,
    optional,
    t.type({ state: t.literal('DISCARDED'), discarded_at: t.string, discard_reason: t.string }),
  ]),
  'DiscardedItem',
);

/**
 * A quarantined request in the table: a union by its state.
 *
 * - QUARANTINED: kept, and waiting for an operator.
 * - REVALIDATED: each of its leads has an event.
 * - DISCARDED: an operator decided that it needs no event.
 */
export const quarantineItem = t.union([quarantined, revalidated, discarded], 'QuarantineItem');

export type QuarantineItem = t.TypeOf<typeof quarantineItem>;
export type QuarantineState = QuarantineItem['state'];

/** The states by which operators choose. */
export const quarantineState = t.keyof(
  { QUARANTINED: null, REVALIDATED: null, DISCARDED: null } satisfies Readonly<Record<QuarantineState, null>>,
  'QuarantineState',
);

/** The events of the leads of a revalidated request, as its item has them. */
export type QuarantineEvents = Extract<QuarantineItem, { state: 'REVALIDATED' }>['events'];
