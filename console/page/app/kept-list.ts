import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Endpoint } from '../../api/endpoint';
import { type Task, tasks } from '../../api/task';
import { useAct } from './use-act';
import { useAsk } from './use-ask';

/** What a page knows of a list that the server keeps. */
type Kept = Readonly<{ since: string | null; task: string | null }>;

/** A list that was read less than this many milliseconds ago is not read again when its page is opened. */
const freshMs = 60_000;

/** How often the page looks at the list while a task works on it, in milliseconds. */
const lookEveryMs = 1_500;

/**
 * Follows a list that the server keeps. The server reads it when the page is opened and when the user asks for it, and
 * never by itself. While a task works on it, the page shows what is left.
 *
 * @param paths of the endpoints whose answers depend on the list
 * @param kept `undefined` while the page does not have it
 * @param reading the endpoint that reads the list
 * @param isOnOpen whether opening the page reads the list
 */
export const useKeptList = (
  paths: readonly string[],
  kept: Kept | undefined,
  reading: Endpoint<object, Task>,
  isOnOpen = true,
) => {
  const queries = useQueryClient();
  const { mutate, isPending } = useAct(reading, () => undefined);
  const isOpened = useRef(false);
  useEffect(() => {
    if (kept === undefined || isOpened.current || !isOnOpen) return;
    isOpened.current = true;
    if (kept.task === null && isOld(kept.since)) mutate({});
  }, [kept, mutate, isOnOpen]);

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

const isOld = (since: string | null): boolean => since === null || Date.now() - Date.parse(since) > freshMs;

/** The progress of a reading is shown beside the age of the list, not as a card. */
const isReading = ({ kind }: Task): boolean => kind === 'dead-letters-reading' || kind === 'quarantine-reading';
