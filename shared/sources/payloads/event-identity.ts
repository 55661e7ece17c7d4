import { single } from '../../lead/field-reading';
import { isNothing } from '../../lead/read-label';
import { wholeNumberText } from '../../codecs/whole-number';
import type { Payload } from '../sent-payload';
import { findValue } from './find-value';

/**
 * What makes two deliveries the same event: their content, or a key of the provider.
 *
 * - `content`: what is kept, without the fields that change from one delivery to the next.
 * - `ordinal` numbers the leads of one body that have the same lead id and the same key: 0, 1, … A lead whose address
 *   cannot be read counts, too, so that a correction of the mapping changes no number.
 * - `twin` numbers the leads of one body that have the same key and the same content: 0, 1, …
 */
export type Identity = Readonly<{ content: Payload }> &
  (Readonly<{ kind: 'content' }> | Readonly<{ kind: 'key'; key: string; ordinal: number; twin: number }>);

/**
 * The key of an event, if the provider sends one.
 *
 * @param expression `event_key` of the settings: relative to the body, or else to the lead
 */
export const eventKeyOf = (expression: string | undefined, body: unknown) => {
  const ofBody = expression === undefined ? undefined : keyIn(expression, body);
  return (lead: unknown): string | undefined =>
    expression === undefined || lead === body ? ofBody : (ofBody ?? keyIn(expression, lead));
};

const keyIn = (expression: string, json: unknown): string | undefined => {
  const found = findValue(expression, json);
  const value = found.kind === 'value' ? single(found.value) : undefined;
  return typeof value === 'string' && !isNothing(value) ? value : wholeNumberText(value);
};
