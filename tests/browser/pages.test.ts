import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../dev/paths';
import type { Stack } from '../stack/cloud';
import { eventually } from '../stack/waiting';
import { seriousFindings } from './axe';
import { fillStack } from './fill-stack';
import { describeInChromium } from './in-chromium';
import { cutTables, pagesOf, type PageToVisit, settle, subPagesOf, tooWide, visit } from './pages';
import { statesToOpen } from './states';

/** Pictures of each page are left here, for a look by a person. */
const pictures = join(root, '.local', 'screenshots');

/** A page of the documentation has several pictures, and is read on a telephone too. */
const mostPictureBytes = 150_000;

const windows = [
  [1280, 800],
  [360, 780],
] as const;

/** Opens a page, and waits until it shows its data. */
const open = async (page: Page, [, path, heading, content]: PageToVisit): Promise<void> => {
  await visit(page, path);
  await page.locator(`main ${content}`).first().waitFor({ state: 'attached' });
  await settle(page, heading);
};

const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });

let filled: Awaited<ReturnType<typeof fillStack>>;

const fill = async (cloud: Stack): Promise<void> => {
  filled = await fillStack(cloud);
};

/** Waits until the overview counts the past day: without it, the pictures are not those of a working day. */
const waitForThePast = async (page: Page): Promise<void> => {
  await visit(page, '/');
  for (const name of [/^Dead letters\s*\d/, /^Quarantine\s*\d/]) {
    await page.getByRole('link', { name }).first().waitFor();
  }
  // Not the number of the last 24 hours: its first hour is left out once it is over.
  const all = page.getByRole('link', { name: /^Mailed/ }).getByText('in all');
  const mailed = filled.leads.filter(({ failed }) => failed === undefined).length;
  await eventually('the leads of the past day in the overview', async () =>
    Number.parseInt(await all.innerText(), 10) > mailed ? true : undefined,
  );
};

describeInChromium(
  'each page with the data of a working day',
  (desk) => {
    let pages: readonly PageToVisit[];

    beforeAll(async () => {
      const page = await desk.open();
      const about = { sources: ['hubspot-eu', 'website'], deadLetters: [filled.failed.id], request: 'typeform' };
      pages = [...pagesOf(filled.mailed), ...(await subPagesOf(page, about))];
      await waitForThePast(page);
    });

    it.each(['light', 'dark'] as const)(
      'is accessible and fits windows of 360 and 1280 pixels in the %s theme, also with a dialog open',
      async (colorScheme) => {
        const page = await desk.open({ colorScheme, reducedMotion: 'reduce' });
        const findings: string[] = [];
        const check = async (name: string, width: number): Promise<void> => {
          const found = [...(await seriousFindings(page))];
          const excess = await tooWide(page);
          if (excess > 0) found.push(`${excess} pixels too wide`);
          findings.push(...found.map((line) => `${name} at ${width}: ${line}`));
          await picture(page, `${name}-${colorScheme}-${width}`);
        };
        for (const [width, height] of windows) {
          await page.setViewportSize({ width, height });
          for (const one of pages) {
            await open(page, one);
            await check(one[0], width);
            for (const [state, , show] of statesToOpen.filter(([, of]) => of === one[0])) {
              await open(page, one);
              await show(page);
              await check(state, width);
            }
          }
        }
        // The window is narrow now, so that the pages are behind a button.
        await page.getByRole('button', { name: 'Menu' }).click();
        await page.getByRole('navigation', { name: 'Pages' }).waitFor();
        await check('menu', 360);
        expect(findings).toEqual([]);
      },
    );

    it('shows the tables of the overview whole in windows of 360, 1024 and 1280 pixels', async () => {
      const page = await desk.open();
      const cut: (readonly [number, readonly number[]])[] = [];
      for (const width of [360, 1024, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await visit(page, '/');
        await page.locator('main .sources-table').waitFor();
        await settle(page, 'Overview');
        await page.getByText('As a table').click();
        cut.push([width, await cutTables(page)]);
        await page.screenshot({ path: join(pictures, `overview-tables-${width}.png`), fullPage: true });
      }
      expect(cut).toEqual([360, 1024, 1280].map((width) => [width, []]));
    });

    it('fits a window of 2560 pixels', async () => {
      const page = await desk.open();
      await page.setViewportSize({ width: 2560, height: 1440 });
      const excesses: (readonly [string, number])[] = [];
      for (const one of pages) {
        await open(page, one);
        excesses.push([one[0], await tooWide(page)]);
        await picture(page, `${one[0]}-light-2560`);
      }
      expect(excesses.filter(([, excess]) => excess > 0)).toEqual([]);
    });

    // `npm run pictures` copies them to docs/images.
    it.each(['light', 'dark'] as const)(
      'shows the pictures of the documentation in the %s theme',
      async (colorScheme) => {
        const page = await desk.open({ colorScheme });
        await page.setViewportSize({ width: 1100, height: 660 });
        for (const one of pages.filter(([name]) => ['overview', 'lead', 'dead-letters'].includes(name))) {
          await open(page, one);
          const { byteLength } = await picture(page, `docs/console-${one[0]}-${colorScheme}`);
          expect(byteLength).toBeLessThan(mostPictureBytes);
        }
      },
    );
  },
  fill,
);
