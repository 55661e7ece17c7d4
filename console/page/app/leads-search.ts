import * as E from 'fp-ts/Either';
import { eventState, type EventState } from '../../../shared/stored/event-state';
import { type EventPeriod, readPeriod } from '../../../shared/operations/views/event-period';
import { oneOf, pick } from './search-params';

/** By what leads are searched: at most one of them at a time. */
export const searchFields = ['id', 'email', 'owner', 'status'] as const;

export type SearchField = (typeof searchFields)[number];

export const eventStates = Object.keys(eventState.keys) as EventState[];

export const sortColumns = ['lead', 'name', 'status', 'owner', 'source', 'state', 'updated'] as const;

export type SortColumn = (typeof sortColumns)[number];

const periodNames = ['during', 'from', 'to'] as const;

/** The state of the list of leads, as its address has it. Its period may be none: see `periodIn`. */
export type LeadsSearch = Partial<Readonly<Record<SearchField | (typeof periodNames)[number], string>>> &
  Readonly<{ state?: EventState; source?: string; sort?: SortColumn; order?: 'up' }>;

/** Reads the state of the list from an address. Of several fields the first counts. */
export const leadsSearch = (search: Readonly<Record<string, unknown>>): LeadsSearch => {
  const { source, ...fields } = pick(search, [...searchFields, 'source']);
  const field = searchFields.find((name) => fields[name] !== undefined);
  const state = oneOf(search.state, eventStates);
  const sort = oneOf(search.sort, sortColumns);
  return {
    ...(field === undefined ? {} : { [field]: fields[field] }),
    ...(state === undefined ? {} : { state }),
    ...(source === undefined ? {} : { source }),
    ...pick(search, periodNames),
    ...(sort === undefined ? {} : { sort }),
    ...(search.order === 'up' ? { order: 'up' } : {}),
  };
};

/**
 * The period of a search.
 *
 * @returns Left: why it is left out, as a sentence. `undefined` if the search has none
 */
export const periodIn = (search: LeadsSearch): E.Either<string, EventPeriod | undefined> => {
  const period = readPeriod(search);
  const isByField = fieldOf(search) !== undefined;
  return isByField && E.isRight(period) && period.right !== undefined ? E.left(fieldOrPeriod) : period;
};

/** A lead that is found by a field comes with its newest event, whose time says nothing of the events before. */
const fieldOrPeriod = 'a search by id, e-mail, owner or status finds the leads of all times.';

/** The same search in all times. */
export const withoutPeriod = (search: LeadsSearch): LeadsSearch => without(search, periodNames);

/** What the server is asked for: a period that is none, or that a field excludes, is left out. */
export const soughtIn = (
  search: LeadsSearch,
): Omit<LeadsSearch, 'sort' | 'order' | keyof EventPeriod> & Partial<EventPeriod> => {
  const period = periodIn(search);
  return { ...without(search, [...periodNames, 'sort', 'order']), ...(E.isRight(period) ? period.right : {}) };
};

const without = (search: LeadsSearch, names: readonly (keyof LeadsSearch)[]) =>
  Object.fromEntries(Object.entries(search).filter(([name]) => !names.some((one) => one === name)));

/** The field by which is searched, and its value. */
export const fieldOf = (search: LeadsSearch): Readonly<{ field: SearchField; value: string }> | undefined => {
  const field = searchFields.find((name) => search[name] !== undefined);
  return field === undefined ? undefined : { field, value: search[field] ?? '' };
};

/** A column by which the list can be sorted. */
export const oneOfSortColumns = (id: string): SortColumn | undefined => oneOf(id, sortColumns);
