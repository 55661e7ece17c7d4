import type { QueryClient } from '@tanstack/react-query';
import { lead } from '../../api/lead';
import { changed } from '../../api/live';
import { overview } from '../../api/overview';
import { task, type Task, tasks } from '../../api/task';
import { noteLeadsChanged, readAgain } from './read-again';

/** Whether the server sends what changes: the page shows it, with the time since when it does not. */
export type Connection = Readonly<{ isOpen: boolean; since: Date }>;

/**
 * Follows the server, and puts what it sends into the cache of queries, so that each view of it is redrawn.
 *
 * @returns a function that ends it
 */
export const followServer = (queries: QueryClient, onConnection: (connection: Connection) => void): (() => void) => {
  // The browser connects again by itself, after about 3 seconds.
  const source = new EventSource('/api/live');
  source.onopen = () => {
    onConnection({ isOpen: true, since: new Date() });
    void readAgain(queries);
  };
  source.onerror = () => onConnection({ isOpen: false, since: new Date() });
  source.addEventListener('task', ({ data }: MessageEvent<string>) => {
    const changed: unknown = JSON.parse(data);
    if (!task.is(changed)) return;
    queries.setQueryData<readonly Task[]>([tasks.path, {}], withTask(changed));
    // What the task did is on the page now.
    if (changed.endedAt !== null) void readAgain(queries);
  });
  source.addEventListener('overview', ({ data }: MessageEvent<string>) => {
    const latest: unknown = JSON.parse(data);
    if (overview.answer.is(latest)) queries.setQueryData([overview.path, {}], latest);
  });
  source.addEventListener('changed', ({ data }: MessageEvent<string>) => {
    if (!changed.is(JSON.parse(data))) return;
    noteLeadsChanged();
    void queries.invalidateQueries({ queryKey: [lead.path] });
  });
  return () => source.close();
};

const withTask =
  (changed: Task) =>
  (known: readonly Task[] = []): readonly Task[] => [changed, ...known.filter(({ id }) => id !== changed.id)];
