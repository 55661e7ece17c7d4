import { overviewFeed } from '../../../../console/server/overview-feed';
import type { LiveMessage } from '../../../../console/server/live';
import { pipelineDouble } from './ports-double';

describe('the live overview', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const following = () => {
    const double = pipelineDouble();
    const logged: string[] = [];
    let isBroken = false;
    const overview: typeof double.pipeline.overview = () => {
      if (isBroken) throw new TypeError('of lead ann@example.com');
      return double.pipeline.overview();
    };
    const follow = overviewFeed({ ...double.pipeline, overview }, (what) => logged.push(what));
    const page = () => {
      const got: LiveMessage[] = [];
      const end = follow((message) => void got.push(message));
      return { got, end, events: () => got.map(({ event }) => event) };
    };
    return { ...double, page, logged, broken: (value: boolean) => void (isBroken = value) };
  };

  it('comes at once, and then at most twice a second', () => {
    const { page, become } = following();
    const { events } = page();
    expect(events()).toEqual(['overview']);
    for (let waiting = 1; waiting <= 60; waiting += 1) {
      become({ delay_queue: { waiting, in_flight: 0, next_due_at: null, oldest_due_at: null } });
      jest.advanceTimersByTime(50);
    }
    expect(events()).toHaveLength(1 + 6);
  });

  it('comes at once again if none has come for half a second', () => {
    const { page, become } = following();
    const { events } = page();
    jest.advanceTimersByTime(500);
    become({ retry_queue: { waiting: 1, in_flight: 0 } });
    jest.advanceTimersByTime(1);
    expect(events()).toEqual(['overview', 'overview']);
  });

  it.each([
    ['back by an hour', -3_600_000],
    ['ahead by an hour', 3_600_000],
  ])('comes within a second also if the clock of the machine jumps %s', (_, jump) => {
    const { page, become } = following();
    const { events } = page();
    jest.setSystemTime(Date.now() + jump);
    become({ retry_queue: { waiting: 1, in_flight: 0 } });
    jest.advanceTimersByTime(1_000);
    expect(events()).toEqual(['overview', 'overview']);
    jest.setSystemTime(Date.now() - jump);
    become({ retry_queue: { waiting: 2, in_flight: 0 } });
    jest.advanceTimersByTime(1_000);
    expect(events()).toEqual(['overview', 'overview', 'overview']);
  });

  it('does not come if nothing but its time differs', () => {
    const { page, become } = following();
    const { events } = page();
    become({ at: '2026-11-26T14:33:00.000Z' });
    jest.advanceTimersByTime(5_000);
    expect(events()).toEqual(['overview']);
  });

  it('says that lists of leads changed only if an event did', () => {
    const { page, become } = following();
    const { events } = page();
    become({ retry_queue: { waiting: 1, in_flight: 0 } });
    jest.advanceTimersByTime(1_000);
    expect(events()).toEqual(['overview', 'overview']);
    become({ events: { RECEIVED: 1, CLAIMED: 0, NOTIFIED: 0, FAILED: 0, DISCARDED: 0 } });
    jest.advanceTimersByTime(1_000);
    expect(events()).toEqual(['overview', 'overview', 'overview', 'changed']);
  });

  it('is computed once for all pages, and not at all without a page', () => {
    const { page, become, computed, listeners } = following();
    const pages = [page(), page(), page()];
    const before = computed();
    become({ stale_since: '2026-11-26T14:33:00.000Z' });
    jest.advanceTimersByTime(1_000);
    expect(computed() - before).toBe(1);
    pages.forEach(({ end }) => end());
    expect([listeners.size, jest.getTimerCount()]).toEqual([0, 0]);
  });

  it('leaves the pages connected while it cannot be computed, logs that once, and comes after that', () => {
    const { page, become, broken, logged } = following();
    const { events } = page();
    broken(true);
    for (let waiting = 1; waiting <= 3; waiting += 1) {
      become({ retry_queue: { waiting, in_flight: 0 } });
      jest.advanceTimersByTime(1_000);
    }
    const late = page();
    expect([events(), late.events()]).toEqual([['overview'], []]);
    expect(logged).toEqual(['overview not computed']);
    broken(false);
    become({ retry_queue: { waiting: 0, in_flight: 0 } });
    jest.advanceTimersByTime(1_000);
    expect(events().filter((event) => event === 'overview')).toHaveLength(2);
    expect(late.events()).toContain('overview');
  });
});
