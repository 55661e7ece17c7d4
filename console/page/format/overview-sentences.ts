import type { Overview, Trouble } from '../../../shared/operations/views/overview';
import { needsOf, needsText } from './needs';
import { whole } from './number';
import { duration } from './time';

/** How long a lead may wait after it is due before the page says that the pipeline does not keep up, in milliseconds. */
const lateMs = 5 * 60_000;

/** Whether the pipeline flows: the one sentence at the top of the overview. */
export type Verdict = Readonly<{ tone: 'good' | 'wait' | 'bad' | 'idle'; text: string }>;

/**
 * Answers the question of the overview: does it flow, and what needs a person?
 *
 * @param now in milliseconds since 1970
 */
export const verdictOf = (overview: Overview, now: number): Verdict => {
  const { stale_since, delay_queue, events } = overview;
  if (stale_since !== null)
    return {
      tone: 'wait',
      text: `Not known: the cloud has not answered for ${duration(now - Date.parse(stale_since))}.`,
    };
  if (isFirstRun(overview)) return { tone: 'idle', text: 'Nothing has arrived yet.' };
  const late = delay_queue.oldest_due_at === null ? 0 : now - Date.parse(delay_queue.oldest_due_at);
  if (late > lateMs) return { tone: 'bad', text: `Not flowing: a lead is due since ${duration(late)} and not mailed.` };
  if (events === null) return { tone: 'idle', text: 'Not known, because the events are not counted.' };
  const needs = needsText(needsOf(overview));
  if (needs !== undefined) return { tone: 'wait', text: `Flowing. ${needs}` };
  return { tone: 'good', text: 'Flowing. Nothing needs a person.' };
};

/** Whether nothing has ever arrived, so that the page says how to send a lead. */
export const isFirstRun = ({ counted: { state }, events, sources, dead_letters, quarantine }: Overview): boolean =>
  state === 'complete' &&
  events !== null &&
  Object.values(events).every((count) => count === 0) &&
  sources.every(({ last_at }) => last_at === null) &&
  (dead_letters.waiting ?? 0) === 0 &&
  (quarantine?.count ?? 0) === 0;

const partNames: Readonly<Record<Trouble['part'], string>> = {
  count: 'The number of items',
  events: 'The events',
  queues: 'The queues',
  quarantine: 'The quarantine',
  activity: 'The times of the sources',
  senders: 'Rejections and secrets',
};

/** What cannot be read, why, and what to do. */
export const troubleText = ({ part, kind, cause, rights }: Trouble): string => {
  const cannot = `${partNames[part]} cannot be read`;
  switch (kind) {
    case 'access-denied':
      return `${cannot}: your credentials lack ${rights.length === 0 ? 'a right' : rights.join(', ')}.`;
    case 'no-credentials':
      return `${cannot}: there are no valid credentials. Sign in again, then restart leadline console.`;
    case 'throttled':
      return `${cannot}: AWS limits the requests. The console tries again.`;
    case 'gone':
      return `${cannot}: the stack has no such resource (${cause}).`;
    case 'unreadable':
      return `${cannot}: an item has an unexpected form (${cause}).`;
    case 'no-answer':
      return `${cannot}: the cloud does not answer. The console tries again.`;
    case 'failed':
      return `${cannot}: ${cause}.`;
  }
};

/** How far the count of the events is, while the numbers are too small; `undefined` if they are complete. */
export const countText = ({ state, events, about, limit }: Overview['counted']): string | undefined => {
  switch (state) {
    case 'complete':
      return undefined;
    case 'running':
      return about === null || about < events
        ? `${whole(events)} counted so far`
        : `${whole(events)} counted so far, of about ${whole(about)}`;
    case 'limited':
      return `The table has about ${whole(about ?? limit)} items. The console counts at most ${whole(limit)} without being asked`;
  }
};

/** What happened in a period, as its bar and its row in the table say it. */
export const totalOf = <Name extends 'received' | 'mailed' | 'failed'>(
  periods: readonly Readonly<Record<Name, number>>[] | null,
  name: Name,
): number | null => periods?.reduce((sum, period) => sum + period[name], 0) ?? null;
