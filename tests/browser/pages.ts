import type { Page } from 'playwright-core';

/** A page of the console: its name, its path, its heading if that is always the same, and what it has once it shows data. */
export type PageToVisit = readonly [name: string, path: string, heading: string | undefined, content: string];

/** The pages of the navigation, and one lead. */
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
  ] as const satisfies readonly PageToVisit[];

/** The pages below them that need no data. */
const formPages: readonly PageToVisit[] = [
  ['source-add', '/sources/add', 'Add a source', 'textarea'],
  ['missing', '/dead-letters/missing', 'Failed without a dead letter', 'section'],
];

/**
 * The pages about one thing, found as a user finds them: a dead letter, a quarantined request, sources.
 * Waits until the lists have what the stack was filled with.
 *
 * @param deadLetters part of the row of each dead letter
 * @param request part of the row of a quarantined request
 */
export const subPagesOf = async (
  page: Page,
  {
    sources,
    deadLetters,
    request,
  }: Readonly<{ sources: readonly string[]; deadLetters: readonly string[]; request: string }>,
): Promise<readonly PageToVisit[]> => {
  const addressOf = async (list: string, heading: string, text: string): Promise<string> => {
    const again = page.getByRole('button', { name: 'Read again' });
    const link = page.getByRole('row').filter({ hasText: text }).getByRole('link').first();
    await visit(page, list);
    await settle(page, heading);
    // Other consumers hold dead letters for moments, and the list may have been read before the stack was filled.
    for (let reads = 0; reads < 10; reads++) {
      const isThere = await link.waitFor({ timeout: 6_000 }).then(
        () => true,
        () => false,
      );
      if (isThere) break;
      await again.click();
    }
    const address = await link.getAttribute('href', { timeout: 1_000 });
    if (address === null) throw new Error(`The row of ${text} has no link.`);
    return address;
  };
  const letters: PageToVisit[] = [];
  for (const text of deadLetters) {
    const address = await addressOf(`/dead-letters?search=${encodeURIComponent(text)}`, 'Dead letters', text);
    letters.push(['dead-letter', address, undefined, 'dl']);
  }
  const held = await addressOf(`/quarantine?search=${encodeURIComponent(request)}`, 'Quarantine', request);
  return [
    ...letters,
    ['quarantined', held, undefined, 'pre'],
    ...sources.map((id): PageToVisit => [`source-${id}`, `/sources/source?id=${encodeURIComponent(id)}`, id, 'dl']),
    ...formPages,
  ];
};

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

/** By how many pixels each table of a page is wider than its place, so that it has to be scrolled sideways. */
export const cutTables = (page: Page): Promise<readonly number[]> =>
  page.evaluate<number[]>(
    "[...document.querySelectorAll('main .scroll')].map((box) => box.scrollWidth - box.clientWidth).filter((cut) => cut > 0)",
  );

/** By how many pixels a page is wider than its window. A wider page has to be scrolled sideways to be read. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
