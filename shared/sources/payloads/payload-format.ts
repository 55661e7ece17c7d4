import * as t from 'io-ts';
import { instant } from '../../codecs/instant';
import { optional, textUpTo } from '../../codecs/optional';
import { ownFields } from '../../codecs/own-fields';
import type { LeadEvent } from '../../lead/lead-event';
import type { Payload } from '../sent-payload';

/** The optional fields of both HTTP formats. CRMs send `null` or `""` for an unknown value: both are read as absent. */
export const optionalFields = t.partial({
  display_name: optional(textUpTo(256)),
  status: optional(textUpTo(128)),
  occurred_at: optional(instant),
});

/** What a format reads from a payload. The payload itself is kept as it is, with all other fields. */
type LeadFields = Pick<LeadEvent, 'lead_id' | 'email'> & t.TypeOf<typeof optionalFields>;

/**
 * How the payloads of a source are read as leads. Each format has a file in this folder. `formatOf` in
 * `lead-payload.ts` says which source has which format.
 */
export type PayloadFormat = Readonly<{
  /** The fields that say which lead a payload is about, and whose. They must not contain the sender's secret. */
  identifyingFields: readonly string[];
  read: (payload: Payload) => t.Validation<LeadFields>;
}>;

/**
 * Decodes these fields of a payload, and no others. An inherited field counts as absent: io-ts copies what it decodes,
 * and the copy of a field `__proto__` would bring fields that are not checked.
 */
export const decodeOwn = <A>(type: t.Type<A, unknown>, names: readonly string[], payload: Payload): t.Validation<A> =>
  type.decode(ownFields(names, payload));
