import { eventState, type EventState } from '../../../shared/stored/event-state';
import { type EventPeriod, happening } from '../../../shared/operations/views/event-period';
import { oneOf, pick } from './search-params';

/** By what leads are searched: at most one of them at a time. */
export const searchFields = ['id', 'email', 'owner', 'status'] as const;

export type SearchField = (typeof searchFields)[number];

export const eventStates = Object.keys(eventState.keys) as EventState[];

export const sortColumns = ['lead', 'name', 'status', 'owner', 'source', 'state', 'updated'] as const;

export type SortColumn = (typeof sortColumns)[number];

/** The state of the list of leads, as its address has it. */
export type LeadsSearch = Partial<Readonly<Record<SearchField, string>>> &
  Readonly<{ state?: EventState; source?: string; sort?: SortColumn; order?: 'up' }> &
  Partial<EventPeriod>;

/** Reads the state of the list from an address. Of several fields the first counts. */
export const leadsSearch = (search: Readonly<Record<string, unknown>>): LeadsSearch => {
  const { source, ...fields } = pick(search, [...searchFields, 'source']);
  const field = searchFields.find((name) => fields[name] !== undefined);
  const state = oneOf(search.state, eventStates);
  const sort = oneOf(search.sort, sortColumns);
  const period = periodIn(search);
  return {
    ...(field === undefined ? {} : { [field]: fields[field] }),
    ...(state === undefined ? {} : { state }),
    ...(source === undefined ? {} : { source }),
    ...period,
    ...(sort === undefined ? {} : { sort }),
    ...(search.order === 'up' ? { order: 'up' } : {}),
  };
};

/** The period of a search, if it has one. */
export const periodIn = (search: Readonly<Record<string, unknown>>): EventPeriod | undefined => {
  const during = oneOf(search.during, Object.keys(happening.keys) as (keyof typeof happening.keys)[]);
  const { from, to } = pick(search, ['from', 'to']);
  const isPeriod = from !== undefined && to !== undefined && Date.parse(from) < Date.parse(to);
  return during !== undefined && isPeriod ? { during, from, to } : undefined;
};

/** The same search in all times. */
export const withoutPeriod = (search: LeadsSearch): LeadsSearch =>
  Object.fromEntries(Object.entries(search).filter(([name]) => !['during', 'from', 'to'].includes(name)));

/** The field by which is searched, and its value. */
export const fieldOf = (search: LeadsSearch): Readonly<{ field: SearchField; value: string }> | undefined => {
  const field = searchFields.find((name) => search[name] !== undefined);
  return field === undefined ? undefined : { field, value: search[field] ?? '' };
};

/** A column by which the list can be sorted. */
export const oneOfSortColumns = (id: string): SortColumn | undefined => oneOf(id, sortColumns);
