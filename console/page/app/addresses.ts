import { deadLettersSearch } from './dead-letters-search';
import { leadsSearch } from './leads-search';
import { quarantineSearch } from './quarantine-search';
import { parseSearch, pick, type SearchParams, stringifySearch } from './search-params';

/**
 * The addresses of the pages: the path of each, and what its query may have. The query is the state of the page, so that
 * each state has a link. A page adds its line here, in pages.ts, and in navigation.ts.
 *
 * No id is part of a path: it may be `..`, or contain a slash.
 */
export const addresses = {
  '/': ({ span }: SearchParams): Readonly<{ span?: '30d' }> => (span === '30d' ? { span } : {}),
  '/leads': leadsSearch,
  '/leads/lead': (query: SearchParams) => pick(query, ['id', 'event']),
  '/dead-letters': deadLettersSearch,
  '/dead-letters/letter': (query: SearchParams) => pick(query, ['id']),
  '/dead-letters/missing': () => ({}),
  '/quarantine': quarantineSearch,
  '/quarantine/request': (query: SearchParams) => pick(query, ['source', 'id']),
  '/sources': () => ({}),
  '/sources/add': () => ({}),
  '/sources/source': (query: SearchParams) => pick(query, ['id']),
  '/owners': (query: SearchParams) => pick(query, ['after', 'lead']),
  '/send': (query: SearchParams) => pick(query, ['source']),
  '/refused': () => ({}),
} as const;

export type Path = keyof typeof addresses;

/** What the query of a page may have. */
export type SearchOf<At extends Path> = ReturnType<(typeof addresses)[At]>;

export const isPath = (path: string): path is Path => Object.hasOwn(addresses, path);

/** The pages about one thing, and what identifies it in the query. */
const identities: Partial<Readonly<Record<string, readonly string[]>>> = {
  '/leads/lead': ['id'],
  '/dead-letters/letter': ['id'],
  '/quarantine/request': ['source', 'id'],
  '/sources/source': ['id'],
} satisfies Partial<Record<Path, readonly string[]>>;

/**
 * The address of what a page is about: another lead is another subject, another event of the lead or another filter of
 * a list is not. Personal data is shown for one subject only, and nothing that was typed or asked stays for the next.
 */
export const subjectOf = (path: string, query: string): string =>
  path + stringifySearch(pick(parseSearch(query), identities[path] ?? []));
