import { setTimeout as wait } from 'node:timers/promises';
import type { Request } from './sources';

/** The status of an answer, or `no-answer` if the connection failed or the sender gave up waiting. */
export type Answer = number | 'no-answer';

/** What became of a request, as its sender saw it. Times are milliseconds since the epoch. */
export type Sent = Readonly<{
  dueMs: number;
  /** When the first 2xx arrived, or the sender gave up. */
  endedMs: number;
  answers: readonly Answer[];
  /** The event that the 2xx names. Absent if the sender gave up. */
  eventId?: string;
}>;

/** Posts a request once. */
export type Post = (request: Request) => Promise<Readonly<{ answer: Answer; retryAfter?: string; eventId?: string }>>;

const mostTries = 10;

/** Whether a retry of the same request can succeed (docs/sources.md). */
const canRetry = (answer: Answer): boolean => answer === 'no-answer' || answer === 429 || answer >= 500;

/** The pause before a retry, in milliseconds: what `Retry-After` asks for, or a backoff that doubles up to 10 s. */
const pauseMs = (tries: number, retryAfter: string | undefined): number =>
  /^\d{1,3}$/.test(retryAfter ?? '') ? Number(retryAfter) * 1000 : Math.min(500 * 2 ** (tries - 1), 10_000);

/** Sends a lead as a CRM does: it retries the same request after a 429, a 5xx or no answer, with backoff. */
export const sendLead = async (
  post: Post,
  request: Request,
  dueMs: number,
  { signal, pause = wait }: Readonly<{ signal: AbortSignal; pause?: typeof wait }>,
): Promise<Sent> => {
  const answers: Answer[] = [];
  for (;;) {
    const { answer, retryAfter, eventId } = await post(request);
    answers.push(answer);
    const sent = { dueMs, endedMs: Date.now(), answers };
    if (eventId !== undefined) return { ...sent, eventId };
    if (!canRetry(answer) || answers.length === mostTries) return sent;
    await pause(pauseMs(answers.length, retryAfter), undefined, { signal });
  }
};

/** Longer than the 29 s after which API Gateway answers 504. */
const patienceMs = 35_000;

/** Posts to the API of a stack, over connections that stay open. */
export const postTo =
  (apiUrl: string, signal: AbortSignal): Post =>
  async ({ path, headers, body }) => {
    try {
      const response = await fetch(`${apiUrl}${path}`, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
      });
      const text = await response.text();
      const retryAfter = response.headers.get('retry-after') ?? undefined;
      return {
        answer: response.status,
        ...(retryAfter === undefined ? {} : { retryAfter }),
        ...(response.ok ? { eventId: (JSON.parse(text) as Readonly<{ event_id: string }>).event_id } : {}),
      };
    } catch {
      signal.throwIfAborted();
      return { answer: 'no-answer' };
    }
  };
