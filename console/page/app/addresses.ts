import { deadLettersSearch } from './dead-letters-search';
import { leadsSearch } from './leads-search';
import { quarantineSearch } from './quarantine-search';
import { pick, type SearchParams } from './search-params';

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
