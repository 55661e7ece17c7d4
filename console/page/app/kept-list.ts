import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Endpoint } from '../../api/endpoint';
import { type Task, tasks } from '../../api/task';
import { isReadOnOpen, type ListPage } from './read-on-open';
import { useAct } from './use-act';
import { useAsk } from './use-ask';

/** What a page knows of a list that the server keeps. */
type Kept = Readonly<{ since: string | null; task: string | null }>;

/** How often the page looks at the list while a task works on it, in milliseconds. */
const lookEveryMs = 1_500;

/**
 * Follows a list that the server keeps. The server reads it when the page is opened and when the user asks for it, and
 * never by itself. While a task works on it, the page shows what is left.
 *
 * @param paths of the endpoints whose answers depend on the list
 * @param kept `undefined` while the page does not have it
 * @param reading the endpoint that reads the list
 * @param page decides how old the list may be when the page is opened
 */
export const useKeptList = (
  paths: readonly string[],
  kept: Kept | undefined,
  reading: Endpoint<object, Task>,
  page: ListPage = 'list',
) => {
  const queries = useQueryClient();
  const { mutate, isPending } = useAct(reading, () => undefined);
  const isOpened = useRef(false);
  useEffect(() => {
    if (kept === undefined || isOpened.current) return;
    isOpened.current = true;
    if (isReadOnOpen(kept, page, Date.now())) mutate({});
  }, [kept, mutate, page]);

  const { data = [] } = useAsk(tasks, {});
  const task = data.find(({ id }) => id === kept?.task);
  const isWorking = task?.endedAt === null;
  const hasEnded = task !== undefined && !isWorking;
  const names = paths.join(' ');
  useEffect(() => {
    const look = (): void => {
      for (const path of names.split(' ')) void queries.invalidateQueries({ queryKey: [path] });
    };
    if (hasEnded) look();
    if (!isWorking) return undefined;
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [isWorking, hasEnded, task?.id, names, queries]);

  return {
    task,
    isReading: isPending || (isWorking && isReading(task)),
    read: () => mutate({}),
  };
};

/** The progress of a reading is shown beside the age of the list, not as a card. */
const isReading = ({ kind }: Task): boolean => kind === 'dead-letters-reading' || kind === 'quarantine-reading';
