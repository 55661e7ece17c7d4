import { canonicalJson } from '../../codecs/json-text';
import type { LeadId } from '../../lead/lead-id';
import type { Payload } from '../sent-payload';

/** What numbers a lead among the leads of its body. */
export type Numbered = Readonly<{
  /** How many leads of the body have the same key, with this one. Leads without a key have the same one. */
  sameKey: number;
  /** How many earlier leads have the same id and the same key. Leads whose id cannot be read have the same one. */
  ordinal: number;
  /** How many earlier leads have the same id, with any key. */
  earlier: number;
  /** How many earlier leads have the same key and the same content. */
  twin: number;
}>;

type Lead = Readonly<{ key: string | undefined; leadId: LeadId | undefined; content: Payload }>;

/** Numbers the leads of a body, in their order. */
export const numberLeads = (leads: readonly Lead[]): readonly Numbered[] => {
  const withKey = leads.reduce(
    (counts, { key }) => counts.set(key, (counts.get(key) ?? 0) + 1),
    new Map<unknown, number>(),
  );
  const [ordinals, earlier, twins] = [counter(), counter(), counter()];
  return leads.map(({ key, leadId, content }) => {
    const sameKey = withKey.get(key) ?? 1;
    return {
      sameKey,
      ordinal: ordinals(leadId, key),
      earlier: earlier(leadId),
      twin: key === undefined || sameKey === 1 ? 0 : twins(key, canonicalJson(content)),
    };
  });
};

/** Counts how often it was called before with the same texts. */
const counter = () => {
  const counts = new Map<string, number>();
  return (...texts: readonly (string | undefined)[]): number => {
    const name = JSON.stringify(texts.map((text) => text ?? null));
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return count;
  };
};
