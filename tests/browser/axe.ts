import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe-core finds wrong with a page as it is now, of impact serious or critical.
 *
 * @returns a line for each: the rule, and the first elements
 */
export const seriousFindings = async (page: Page): Promise<readonly string[]> => {
  // The debugger of the browser runs it, so that the policy of the server has no say.
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => {
    const { axe } = globalThis as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } };
    return axe.run({ resultTypes: ['violations'] });
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 4).map(({ target, failureSummary = '' }) => {
        const [, why = ''] = failureSummary.split('\n');
        return `${target.join(' ')} (${why.trim()})`;
      });
      return `${id}: ${help}: ${places.join('; ')}`;
    });
};
