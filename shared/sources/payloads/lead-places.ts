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

/** What of a body is kept with a lead. `isElement`: the value is in an array, so that it can be left out. */
const keptWith = ({ leads, parents, holders }: Omit<LeadPlaces, 'body'>, lead: unknown) => {
  const path = new Set(pathTo(parents, lead));
  return (value: unknown, isElement: boolean): boolean =>
    path.has(value) || !(leads.has(value) || (isElement && holders.has(value)));
};

/** The way from a payload to a value in it: names of members, and positions in arrays. */
export type LeadPath = readonly (string | number)[];

/** The way to a lead in the result of `withLead`. Empty if the lead is the body, or not a part of it. */
export const pathIn = (places: LeadPlaces, lead: unknown): LeadPath => {
  const isKept = keptWith(places, lead);
  const way = pathTo(places.parents, lead);
  return way
    .slice(0, -1)
    .map((value, index) => stepTo(value, way[index + 1], isKept))
    .reverse();
};

const stepTo = (value: unknown, parent: unknown, isKept: ReturnType<typeof keptWith>): string | number =>
  Array.isArray(parent)
    ? parent.filter((one) => isKept(one, true)).indexOf(value)
    : (Object.entries(parent as Payload).find(([, member]) => member === value)?.[0] ?? '');

/** The value at the end of a way. `undefined` if the payload has none there. */
export const valueAt = (payload: Payload, path: LeadPath): unknown =>
  path.reduce<unknown>(
    (holder, step) =>
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, step)
        ? (holder as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    payload,
  );

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
  const isKept = keptWith({ leads, parents, holders }, lead);
  const copy = (value: unknown): unknown => {
    if (value === lead) return replacement;
    if (!holders.has(value)) return value;
    if (Array.isArray(value)) return value.filter((one) => isKept(one, true)).map(copy);
    const members = Object.entries(value as Payload).filter(([, member]) => isKept(member, false));
    return Object.fromEntries(members.map(([name, member]) => [name, copy(member)]));
  };
  return copy(body) as Payload;
};
