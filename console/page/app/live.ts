import type { QueryClient } from '@tanstack/react-query';
import { lead } from '../../api/lead';
import { changed } from '../../api/live';
import { overview } from '../../api/overview';
import { task, type Task, tasks } from '../../api/task';
import { noteLeadsChanged, readAgain } from './read-again';

/** Whether the server sends what changes: the page shows it, with the time since when it does not. */
export type Connection = Readonly<{ isOpen: boolean; since: Date }>;

/**
 * How long the server may be silent, in milliseconds. It sends `alive` after 15 s without another message. A machine
 * that slept, or a server that hangs, leaves a connection open on which nothing comes.
 */
const silentMs = 40_000;

/** How long to wait before connecting again by the page, in milliseconds. The browser does not after an answer of 401. */
const pauseMs = 5_000;

/** What is used of an `EventSource`. */
export type Source = Readonly<{
  readyState: number;
  close: () => void;
  addEventListener: (name: string, listener: (event: Readonly<{ type: string; data?: unknown }>) => void) => void;
}>;

const eventSource = (): Source => new EventSource('/api/live');

/** `EventSource.CLOSED`: the browser has given up. */
const closed = 2;

/**
 * Follows the server, and puts what it sends into the cache of queries, so that each view of it is redrawn. The browser
 * connects again by itself after a connection was lost. The page does it after a refusal, and after a silence.
 *
 * @returns a function that ends it
 */
export const followServer = (
  queries: QueryClient,
  onConnection: (connection: Connection) => void,
  connect: () => Source = eventSource,
): (() => void) => {
  let source: Source | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRefused = false;

  const after = (ms: number, then: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  };
  const lose = (): void => onConnection({ isOpen: false, since: new Date() });
  const hear = (): void => after(silentMs, loseAndOpen);
  const loseAndOpen = (): void => {
    lose();
    open();
  };
  const open = (): void => {
    source?.close();
    const opened = connect();
    source = opened;
    const on = (name: string, take: (data: unknown) => void): void =>
      opened.addEventListener(name, ({ data }) => {
        hear();
        const text = String(data);
        take(text === '' ? undefined : JSON.parse(text));
      });
    hear();
    opened.addEventListener('open', () => {
      hear();
      isRefused = false;
      onConnection({ isOpen: true, since: new Date() });
      void readAgain(queries);
    });
    opened.addEventListener('error', () => {
      lose();
      if (opened.readyState !== closed) return;
      after(pauseMs, open);
      // Each view asks once more, and shows why it is refused: the session of a console that was started anew is over.
      if (!isRefused) void readAgain(queries);
      isRefused = true;
    });
    on('alive', () => undefined);
    on('task', (sent) => {
      if (!task.is(sent)) return;
      queries.setQueryData<readonly Task[]>([tasks.path, {}], withTask(sent));
      // What the task did is on the page now.
      if (sent.endedAt !== null) void readAgain(queries);
    });
    on('overview', (sent) => {
      if (overview.answer.is(sent)) queries.setQueryData([overview.path, {}], sent);
    });
    on('changed', (sent) => {
      if (!changed.is(sent)) return;
      noteLeadsChanged();
      void queries.invalidateQueries({ queryKey: [lead.path] });
    });
  };

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
};

const withTask =
  (changed: Task) =>
  (known: readonly Task[] = []): readonly Task[] => [changed, ...known.filter(({ id }) => id !== changed.id)];
