import { ExactNumber } from '../../codecs/exact-number';
import type { Payload } from '../sent-payload';

/** Where leads are in a body. JSON is a tree, so that each object has one parent. */
export type LeadPlaces = Readonly<{
  body: Payload;
  leads: ReadonlySet<unknown>;
  parents: ReadonlyMap<unknown, object>;
  /** Objects and arrays that are a lead, or have one in them. */
  holders: ReadonlySet<unknown>;
}>;

export const placesOf = (body: Payload, leads: readonly unknown[]): LeadPlaces => {
  const parents = new Map<unknown, object>();
  const walk = (parent: object): void => {
    for (const value of Object.values(parent) as unknown[]) {
      if (typeof value !== 'object' || value === null || value instanceof ExactNumber) continue;
      parents.set(value, parent);
      walk(value);
    }
  };
  walk(body);
  const holders = new Set(leads.flatMap((lead) => pathTo(parents, lead)));
  return { body, leads: new Set(leads), parents, holders };
};

/** A value, and what contains it, up to the body. */
const pathTo = (parents: LeadPlaces['parents'], value: unknown): readonly unknown[] => {
  const path: unknown[] = [];
  for (let holder: unknown = value; holder !== undefined; holder = parents.get(holder)) path.push(holder);
  return path;
};

/** Whether a lead is in the body, and no other lead contains it. */
export const isApart = ({ body, leads, parents }: LeadPlaces, lead: unknown): boolean => {
  const path = pathTo(parents, lead);
  return path.at(-1) === body && !path.slice(1).some((holder) => leads.has(holder));
};

/**
 * The body without its other leads, and without the elements of arrays that hold only others.
 *
 * @param replacement takes the place of the lead
 */
export const withLead = (
  { body, leads, parents, holders }: LeadPlaces,
  lead: Payload,
  replacement: Payload,
): Payload => {
  const path = new Set(pathTo(parents, lead));
  const isKept = (value: unknown, isElement: boolean): boolean =>
    path.has(value) || !(leads.has(value) || (isElement && holders.has(value)));
  const copy = (value: unknown): unknown => {
    if (value === lead) return replacement;
    if (!holders.has(value)) return value;
    if (Array.isArray(value)) return value.filter((one) => isKept(one, true)).map(copy);
    const members = Object.entries(value as Payload).filter(([, member]) => isKept(member, false));
    return Object.fromEntries(members.map(([name, member]) => [name, copy(member)]));
  };
  return copy(body) as Payload;
};
