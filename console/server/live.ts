import { type Hono } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { logBug, type LogBug } from './log-bug';

/** A message to the page: the name of what changed, which one if there are several, and its present value. */
export type LiveMessage = Readonly<{ event: string; key?: string; data: unknown }>;

/** Something that the page follows. @returns a function that ends the following */
export type Follow = (send: (message: LiveMessage) => void) => () => void;

/**
 * Streams what changes to the page as server-sent events (HTML Living Standard, "Server-sent events"). Of several
 * messages about the same thing only the newest is sent, so that a slow page does not make the server keep old ones. An
 * error ends the stream, and the page connects again.
 */
export const live = (app: Hono, follow: Follow, aliveEveryMs = 15_000, log: LogBug = logBug): void => {
  app.get('/api/live', (context) => {
    // Hono answers HEAD with the handler of GET, and would never end the stream whose body it drops.
    if (context.req.method === 'HEAD') return context.body(null, 200);
    return streamSSE(context, async (stream) => {
      try {
        await sendChanges(stream, follow, aliveEveryMs);
      } catch (error) {
        // Hono would write the whole error, with its message, to the terminal.
        log('stream of changes ended', error);
      }
    });
  });
};

const sendChanges = async (stream: SSEStreamingApi, follow: Follow, aliveEveryMs: number): Promise<void> => {
  const waiting = new Map<string, LiveMessage>();
  let wake = (): void => undefined;
  let end: (() => void) | undefined = follow((message) => {
    waiting.set(`${message.event} ${message.key ?? ''}`, message);
    wake();
  });
  const endOnce = (): void => {
    end?.();
    end = undefined;
  };
  stream.onAbort(() => {
    endOnce();
    wake();
  });
  const isOver = (): boolean => stream.aborted;
  try {
    while (!isOver()) {
      const [next] = waiting;
      if (next !== undefined) {
        const [key, { event, data }] = next;
        waiting.delete(key);
        await stream.writeSSE({ event, data: JSON.stringify(data) });
        continue;
      }
      const isWoken = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), aliveEveryMs);
        wake = () => {
          clearTimeout(timer);
          resolve(true);
        };
      });
      // A page that hears nothing for 40 s connects again. A failed write tells the server that the page is gone.
      if (!isWoken && !isOver()) await stream.writeSSE({ event: 'alive', data: '' });
    }
  } finally {
    endOnce();
  }
};
