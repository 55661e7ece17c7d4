import { expectationOf } from '../codecs/validation-problem';
import { trimInvisible } from '../codecs/visible-text';
import { wholeNumberText } from '../codecs/whole-number';
import { absent, type FieldReading, read, single, unreadable } from './field-reading';
import { leadId, type LeadId } from './lead-id';

/**
 * Reads the id of a lead. A whole number means the text of its digits. Invisible characters around an id are removed. A
 * fraction has several notations, and is no id.
 */
export const readLeadId = (sent: unknown): FieldReading<LeadId> => {
  const value = single(sent);
  if (value === undefined) return absent;
  const text = typeof value === 'string' ? trimInvisible(value) : wholeNumberText(value);
  return leadId.is(text) ? read(text) : unreadable(expectationOf(leadId.name));
};
