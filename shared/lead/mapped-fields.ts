import * as t from 'io-ts';
import { emailAddress } from './email-address';
import type { LeadEvent } from './lead-event';

/**
 * What the mapping of a source read from a payload. It is kept with the event, so that a later change of the mapping
 * changes no accepted event. An event of a source without a mapping has none: its payload says it all.
 */
export const mappedFields = t.readonly(
  t.intersection([t.type({ email: emailAddress }), t.partial({ display_name: t.string, status: t.string })]),
  'MappedFields',
);

export type MappedFields = t.TypeOf<typeof mappedFields>;

/** The fields of an event that its mapping read. */
export const mappedFieldsOf = ({ email, display_name, status }: LeadEvent): MappedFields => ({
  email,
  ...(display_name === undefined ? {} : { display_name }),
  ...(status === undefined ? {} : { status }),
});
