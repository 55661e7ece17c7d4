import * as t from 'io-ts';
import { leadNamespace } from '../lead/lead-namespace';
import { volatileField } from './volatile-field';

/** The settings that a source of any kind may have. */
export const sourceSettings = t.partial({
  /** Fields that change from one delivery of the same event to the next. They are not part of `event_id`. */
  volatile_fields: t.refinement(t.array(volatileField), (names) => names.length <= 50, 'at most 50 fields'),
  /** Sources with the same namespace share their lead ids: an event of one source changes the lead of another one. */
  lead_namespace: leadNamespace,
});
