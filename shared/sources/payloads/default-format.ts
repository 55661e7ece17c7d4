import { ownField } from '../../codecs/own-fields';
import type { Payload } from '../sent-payload';
import type { LeadFieldName } from './lead-fields';
import { type FieldsRead, readFields } from './read-fields';

/** The id of the source of `POST /ingest`. */
export const ingestSource = 'ingest';

/**
 * The name of a payload's field for each field of a lead. It depends on the id of the source alone, because a raw object
 * is read again when the settings of its source are not at hand.
 */
export const nameIn = (source: string, field: LeadFieldName): string =>
  field === 'email' && source === ingestSource ? 'lead_email' : field;

/** Reads a payload in the format of `POST /ingest` or `POST /webhook`, whose names are those of a lead's fields. */
export const readDefaultFormat =
  (source: string) =>
  (payload: Payload): FieldsRead =>
    readFields(
      (field) => ({ kind: 'value', value: ownField(payload, nameIn(source, field)) }),
      (field) => nameIn(source, field),
    );
