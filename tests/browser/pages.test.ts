import { join } from 'node:path';
import { root } from '../../dev/paths';
import { seriousFindings } from './axe';
import { fillStack } from './fill-stack';
import { describeInChromium } from './in-chromium';
import { pagesOf, settle, tooWide, visit } from './pages';

/** Pictures of each page are left here, for a look by a person. */
const pictures = join(root, '.local', 'screenshots');

describeInChromium('each page with the data of a working day', ({ cloud, open }) => {
  let filled: Awaited<ReturnType<typeof fillStack>>;

  beforeAll(async () => {
    filled = await fillStack(cloud);
  });

  it.each(['light', 'dark'] as const)(
    'is accessible and fits windows of 360 and 1280 pixels in the %s theme',
    async (colorScheme) => {
      const page = await open({ colorScheme, reducedMotion: 'reduce' });
      const findings: string[] = [];
      for (const [name, path, heading, content] of pagesOf(filled.mailed)) {
        for (const [width, height] of [
          [1280, 800],
          [360, 780],
        ] as const) {
          await page.setViewportSize({ width, height });
          await visit(page, path);
          await page.locator(`main ${content}`).first().waitFor({ state: 'attached' });
          await settle(page, heading);
          const found = [...(await seriousFindings(page))];
          const excess = await tooWide(page);
          if (excess > 0) found.push(`${excess} pixels too wide`);
          findings.push(...found.map((line) => `${name} at ${width}: ${line}`));
          await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`) });
        }
      }
      expect(findings).toEqual([]);
    },
  );
});
