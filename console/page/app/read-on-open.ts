/**
 * How old a list may be in milliseconds when a page is opened: an older one is read again then. Each entry of a list has a
 * page of its own, and the whole list is not read again for each of them. `never`: only the user lets it be read.
 */
const readsWhenOlder = { list: 10_000, entry: 60_000, never: Infinity } as const;

export type ListPage = keyof typeof readsWhenOlder;

/**
 * Whether opening a page reads its list. It does also while a task works on the list: the server reads after it. A page
 * that was open before may know of a task that has ended since.
 */
export const isReadOnOpen = ({ since }: Readonly<{ since: string | null }>, page: ListPage, now: number): boolean =>
  page !== 'never' && (since === null || now - Date.parse(since) > readsWhenOlder[page]);
