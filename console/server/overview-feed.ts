import type { Changed } from '../api/live';
import { waitBeforeReading } from '../../shared/operations/next-read';
import type { Overview } from '../../shared/operations/views/overview';
import type { Follow, LiveMessage } from './live';
import { logBug, type LogBug } from './log-bug';
import type { Pipeline } from './pipeline';

/**
 * The shortest time between two overviews, in milliseconds. It is half the time between two polls of the events: with the
 * same time each late timer would put off an update, and a page would get fewer updates than there are polls.
 */
const atMostEveryMs = 500;

/**
 * Sends the overview to each page that follows, at most twice a second and only if it differs from the one before. It is
 * computed once for all pages, and not at all without a page. While it cannot be computed, the pages stay connected, and
 * the next change computes it again.
 */
export const overviewFeed = (pipeline: Pick<Pipeline, 'overview' | 'onChange'>, log: LogBug = logBug): Follow => {
  const pages = new Set<(message: LiveMessage) => void>();
  let sent = nothing;
  let isFailing = false;
  let timer: NodeJS.Timeout | undefined;
  /** When the latest overview was sent, in milliseconds. */
  let sentAt = 0;
  let endFollowing = (): void => undefined;

  /** An error that leaves a timer would end the process, with all its tasks. A lasting one is logged once. */
  const computed = (): Overview | undefined => {
    try {
      const latest = pipeline.overview();
      isFailing = false;
      return latest;
    } catch (error) {
      if (!isFailing) log('overview not computed', error);
      isFailing = true;
      return undefined;
    }
  };

  const send = (): void => {
    timer = undefined;
    sentAt = Date.now();
    const latest = computed();
    if (latest === undefined) {
      // A page that began to follow meanwhile has none, so that the next one is sent also if it is the same.
      sent = nothing;
      return;
    }
    const now = textsOf(latest);
    for (const page of pages) {
      if (now.overview !== sent.overview) page({ event: 'overview', data: latest });
      if (now.events !== sent.events) page({ event: 'changed', key: 'leads', data: leadsChanged });
    }
    sent = now;
  };

  return (page) => {
    const latest = computed();
    if (pages.size === 0) {
      endFollowing = pipeline.onChange(
        () => (timer ??= setTimeout(send, waitBeforeReading(atMostEveryMs, sentAt, Date.now()))),
      );
      if (latest !== undefined) sent = textsOf(latest);
      sentAt = Date.now();
    }
    pages.add(page);
    // What changed while the page did not follow was not sent to it.
    if (latest === undefined) sent = nothing;
    else page({ event: 'overview', data: latest });
    return () => {
      pages.delete(page);
      if (pages.size > 0) return;
      endFollowing();
      clearTimeout(timer);
      timer = undefined;
    };
  };
};

const nothing = { overview: '', events: '' };

const leadsChanged: Changed = { what: 'leads' };

/** What changes if an event is received or moves. */
const eventsIn = ({ events, hours, counted, dead_letters }: Overview) => [
  events,
  hours,
  counted.events,
  dead_letters.by_reason,
];

/** The overview without its time, and what it says about events, as texts to compare. */
const textsOf = (latest: Overview) => ({
  overview: JSON.stringify({ ...latest, at: '' }),
  events: JSON.stringify(eventsIn(latest)),
});
