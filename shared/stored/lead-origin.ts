import * as t from 'io-ts';

/**
 * Where a lead was in a body with several leads, and what numbered it there. It is kept with a quarantined lead, so that
 * its event gets the id that it would have had at ingestion: what is kept of the lead no longer shows the other leads,
 * and may not show the key of the delivery.
 */
export const leadOrigin = t.readonly(
  t.intersection([
    t.type({
      /** The way from the kept payload to the lead: names of members, and positions in arrays. Empty for the lead itself. */
      path: t.readonlyArray(t.union([t.string, t.number])),
      /** The position of the lead among the leads of its body, from 0. */
      place: t.number,
      /** How many leads of the body have the same key as this one, with this one. */
      same_key: t.number,
    }),
    t.partial({
      /** The expressions of the source's settings at that time. Absent if there was none. */
      leads: t.string,
      lead_id: t.string,
      event_key: t.string,
      /** What `event_key` found. Absent if it found no key. */
      key: t.string,
      /** How many earlier leads of the body had the same id and the same key. Absent if the id could not be read. */
      ordinal: t.number,
      /** How many earlier leads of the body had the same id, with any key. Absent if the id could not be read. */
      earlier: t.number,
    }),
  ]),
  'LeadOrigin',
);

export type LeadOrigin = t.TypeOf<typeof leadOrigin>;
