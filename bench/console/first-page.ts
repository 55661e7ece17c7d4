import type { Browser } from 'playwright-core';
import type { ConsoleProcess } from '../../dev/start/console-process';
import { openConsolePage } from '../../tests/browser/in-browser';
import { watchPages, whenShown } from './in-page';

/** A page, and the element that it has once it shows data. */
const pages = [
  ['the overview', '/', 'section[aria-label="The pipeline now"]'],
  ['the list of leads', '/leads', 'main table tbody tr td'],
] as const;

/** The time from asking for a page until it is painted with its data, in milliseconds. */
export type FirstPage = Readonly<{ name: string; ms: readonly number[] }>;

/**
 * Opens pages of the console, each time in a browser profile without anything in its cache.
 *
 * @param rounds how often each page is opened
 */
export const firstPages = async (
  browser: Browser,
  console: ConsoleProcess,
  rounds: number,
): Promise<readonly FirstPage[]> => {
  const found: FirstPage[] = [];
  for (const [name, path, selector] of pages) {
    const ms: number[] = [];
    for (let round = 0; round < rounds; round += 1) ms.push(await openOnce(browser, console, path, selector));
    found.push({ name, ms });
  }
  return found;
};

const openOnce = async (browser: Browser, console: ConsoleProcess, path: string, selector: string): Promise<number> => {
  const { context, page } = await openConsolePage(browser, console);
  try {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.clearBrowserCache');
    await watchPages(page);
    await page.goto(`${console.origin}${path}`, { waitUntil: 'commit' });
    return (await whenShown(page, selector, '')).shownMs;
  } finally {
    await context.close();
  }
};
