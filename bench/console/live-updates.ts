import type { CDPSession, Page } from 'playwright-core';
import { setTimeout as wait } from 'node:timers/promises';

/** What a page holds after a garbage collection. */
export type Held = Readonly<{ bytes: number; nodes: number; listeners: number }>;

/** `updatesAMinute`: how many overviews the page got in a minute. */
export type Followed = Readonly<{ updatesAMinute: number; samples: readonly Held[] }>;

const everyMs = 20_000;

const heldBy = async (devtools: CDPSession): Promise<Held> => {
  // What the first collection finalizes is collected by the second one.
  for (let round = 0; round < 2; round += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { bytes: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners') };
};

/**
 * Follows an open page until work that makes it change has ended, well or not.
 *
 * @returns a sample every 20 s, and one at the end
 */
export const follow = async (page: Page, work: Promise<unknown>): Promise<Followed> => {
  const devtools = await page.context().newCDPSession(page);
  for (const domain of ['Network', 'Performance', 'HeapProfiler'] as const) await devtools.send(`${domain}.enable`);
  let updates = 0;
  devtools.on('Network.eventSourceMessageReceived', ({ eventName }) => {
    if (eventName === 'overview') updates += 1;
  });
  // The stream of the page is older than this session, which reports only requests that begin later.
  await page.reload();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const samples: Held[] = [];
  const began = Date.now();
  const ended = Promise.allSettled([work]).then(() => 'ended' as const);
  for (let state = 'working'; state !== 'ended';) {
    state = await Promise.race([ended, wait(everyMs, 'working' as const)]);
    samples.push(await heldBy(devtools));
  }
  return { updatesAMinute: (updates * 60_000) / (Date.now() - began), samples };
};
