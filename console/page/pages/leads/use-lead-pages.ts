import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { waitBeforeReading } from '../../../../shared/operations/next-read';
import { leads, type LeadSearch, type LeadsPage } from '../../../api/leads';
import { ask, type Refused } from '../../app/ask';
import type { PersonalData } from '../../app/personal';
import { pagesKey, useLeadChanges } from '../../app/read-again';

/** How many rows a page has, and how many rows are loaded without being scrolled to. */
const [pageSize, firstRows] = ['100', 40];

/** A list with at most so many pages is read again by itself when leads change, at most once in this time. */
const [fewPages, everyMs] = [2, 4_000];

/** The pages of a search, read one after the other by the cursor of the API. */
export const useLeadPages = (search: LeadSearch, personal: PersonalData) => {
  const input = { ...search, ...(personal === 'shown' ? { personal } : {}) };
  const query = useInfiniteQuery<LeadsPage, Refused, { pages: LeadsPage[] }, readonly unknown[], string>({
    queryKey: [pagesKey, leads.path, input],
    queryFn: ({ pageParam, signal }) =>
      ask(leads, { ...input, limit: pageSize, ...(pageParam === '' ? {} : { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const { data, hasNextPage, isFetching, fetchNextPage, isError } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  // The filter of a search can leave a page empty, though later pages have rows.
  const needsMore = rows.length < firstRows && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (needsMore) void fetchNextPage();
  }, [needsMore, fetchNextPage]);
  const pages = data?.pages.length ?? 0;
  return {
    query,
    rows,
    unreadable: sum(data?.pages),
    isWhole: isWhole(data?.pages),
    ...useFreshness(pages, query.refetch),
  };
};

const sum = (pages: readonly LeadsPage[] = []): number => pages.reduce((all, { unreadable }) => all + unreadable, 0);

const isWhole = (pages: readonly LeadsPage[] = []): boolean => pages.every(({ is_whole }) => is_whole);

/** Reads a short list again when leads have changed. A long one only says so, because the user is inside it. */
const useFreshness = (pages: number, refetch: () => unknown) => {
  const changes = useLeadChanges();
  const [seen, setSeen] = useState(changes);
  const readAt = useRef(0);
  const isOld = changes !== seen && pages > 0;
  const isShort = pages <= fewPages;
  useEffect(() => {
    if (!isOld || !isShort) return undefined;
    const timer = setTimeout(
      () => {
        readAt.current = Date.now();
        setSeen(changes);
        void refetch();
      },
      waitBeforeReading(everyMs, readAt.current, Date.now()),
    );
    return () => clearTimeout(timer);
  }, [isOld, isShort, changes, refetch]);
  return { isOld: isOld && !isShort, onFresh: () => setSeen(changes) };
};
