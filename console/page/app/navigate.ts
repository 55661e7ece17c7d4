import { useMemo } from 'react';
import { useLocation, useSearch as useQuery } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { addresses, type Path, type SearchOf, subjectOf } from './addresses';
import { parseSearch, stringifySearch } from './search-params';

/** A state of a page. */
export type Target<To extends Path> = Readonly<{ to: To; search?: SearchOf<To> }>;

/** The address of a state of a page. */
export const hrefOf = <To extends Path>({ to, search }: Target<To>): string => `${to}${stringifySearch(search ?? {})}`;

/**
 * Opens a state of a page.
 *
 * @param how whether it replaces the present state, so that going back does not lead there
 */
export const open = <To extends Path>(target: Target<To>, how: Readonly<{ replace?: boolean }> = {}): void =>
  navigate(hrefOf(target), how);

/** The path of the page that is open. It may be none of `addresses`. */
export const usePath = (): string => useLocation()[0];

/** The page that is open, and the thing that it is about. Whoever leaves either starts anew. */
export const useSubject = (): string => subjectOf(usePath(), useQuery());

/** The state of a page, read from the query of its address. */
export const useSearch = <At extends Path>(at: At): SearchOf<At> => {
  const query = useQuery();
  return useMemo(() => addresses[at](parseSearch(query)) as SearchOf<At>, [at, query]);
};
