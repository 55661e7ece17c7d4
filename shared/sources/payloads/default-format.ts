import type { Payload } from '../sent-payload';
import type { LeadFieldName } from './lead-fields';
import { type FieldsRead, readFields } from './read-fields';

/** The id of the source of `POST /ingest`. */
export const ingestSource = 'ingest';

/**
 * The name of a payload's field for each field of a lead. It depends on the id of the source alone, because a raw object
 * is read again when the settings of its source are not at hand.
 */
const nameIn = (source: string, field: LeadFieldName): string =>
  field === 'email' && source === ingestSource ? 'lead_email' : field;

/** Reads a payload in the format of `POST /ingest` or `POST /webhook`, whose names are those of a lead's fields. */
export const readDefaultFormat =
  (source: string) =>
  (payload: Payload): FieldsRead =>
    readFields(
      (field) => ({ kind: 'value', value: ownValue(payload, nameIn(source, field)) }),
      (field) => nameIn(source, field),
    );

/** The fields of such a payload that say which lead it is about, and whose. They must not contain the sender's secret. */
export const identifyingFields = (source: string): readonly string[] =>
  source === ingestSource ? ['lead_id', 'lead_email'] : ['webhook_id', 'lead_id', 'email'];

/** An inherited field counts as absent: a payload may have a field `__proto__`. */
const ownValue = (payload: Payload, name: string): unknown =>
  Object.hasOwn(payload, name) ? payload[name] : undefined;
