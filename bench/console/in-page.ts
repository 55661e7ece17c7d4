import type { Page } from 'playwright-core';

/** How long a page may take at most, in milliseconds. */
const mostMs = 60_000;

/**
 * What runs in each page before its own code. It is text, because tsx compiles functions to code that calls helpers of
 * its own, which a page does not have.
 *
 * `whenShown(selector, text, requestOf)` resolves when an element shows the text, nothing of the page is still loading,
 * and the browser has painted it: with the time in milliseconds since the page was asked for. With `requestOf` it also
 * waits for a request of that path that began after the call, and returns when its answer began and ended.
 */
const script = `
globalThis.whenShown = (selector, text, requestOf) => new Promise((resolve, reject) => {
  const calledAt = requestOf === undefined ? 0 : performance.now();
  const request = () => performance.getEntriesByType('resource')
    .findLast(({ name, startTime }) => startTime >= calledAt && new URL(name).pathname === requestOf);
  const look = () => {
    const found = document.querySelector(selector);
    if (found === null || !found.textContent.includes(text)) return;
    if (document.querySelector('main [aria-busy="true"], main [aria-label="Loading"]') !== null) return;
    const asked = request();
    if (requestOf !== undefined && (asked === undefined || asked.responseEnd === 0)) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve({
      shownMs: performance.now(), askedMs: asked?.startTime ?? 0, answeredMs: asked?.responseEnd ?? 0,
    })));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  setTimeout(() => {
    observer.disconnect();
    reject(new Error(selector + ' does not show "' + text + '" but "' + (document.querySelector(selector)?.textContent ?? '') + '"'));
  }, ${mostMs});
  look();
});
`;

/** Times in milliseconds since the page was asked for. */
export type Shown = Readonly<{ shownMs: number; askedMs: number; answeredMs: number }>;

/** Each page that the context of this page opens from now on can be asked when it shows something. */
export const watchPages = async (page: Page): Promise<void> => {
  await page.context().addInitScript(script);
};

/**
 * Waits until an element shows a text.
 *
 * @param requestOf the path of a request that must have been answered since. Without it, any state of the page counts
 */
export const whenShown = (page: Page, selector: string, text: string, requestOf?: string): Promise<Shown> => {
  const given = [selector, text, ...(requestOf === undefined ? [] : [requestOf])];
  return page.evaluate<Shown>(`whenShown(${given.map((one) => JSON.stringify(one)).join(', ')})`);
};
