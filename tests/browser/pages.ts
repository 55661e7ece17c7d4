import type { Page } from 'playwright-core';

/** The pages of the console with the heading of each, and an element that each has once it shows data. */
export const pagesOf = (lead: string) =>
  [
    ['overview', '/', 'Overview', '.card table'],
    ['leads', '/leads', 'Leads', 'table'],
    ['lead', `/leads/lead?id=${encodeURIComponent(lead)}`, undefined, 'pre'],
    ['dead-letters', '/dead-letters', 'Dead letters', '[aria-label="Reasons"]'],
    ['quarantine', '/quarantine', 'Quarantine', 'table'],
    ['sources', '/sources', 'Sources', 'table'],
    ['owners', '/owners', 'Owners', 'table'],
    ['send', '/send', 'Send a lead', 'pre'],
  ] as const;

/** Loads a page of the console. @param path with its query */
export const visit = async (page: Page, path: string): Promise<void> => {
  await page.goto(new URL(path, page.url()).href);
};

/** Waits until a page shows what it has to show: its heading, and no grey lines in place of an answer. */
export const settle = async (page: Page, heading?: string): Promise<void> => {
  const named = heading === undefined ? {} : { name: heading, exact: true };
  await page.getByRole('heading', { level: 1, ...named }).waitFor();
  await page.locator('main:not(:has([aria-label="Loading"], [aria-busy="true"], progress))').waitFor();
  await page.evaluate('document.fonts.ready.then(() => undefined)');
};

/** By how many pixels a page is wider than its window. A wider page has to be scrolled sideways to be read. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
