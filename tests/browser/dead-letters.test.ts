import type { Page } from 'playwright-core';
import { describeInChromium } from './in-chromium';
import { visit } from './pages';

const since = new Date().toISOString();

const row = (message: string) => ({
  ...{ message, id: message, lead_id: message, source: 'crm', state: 'FAILED', reason: 'owner-missing' },
  ...{ reason_detail: null, attempts: 3, since, expires_at: since },
});

const ended = (kind: string) => ({
  ...{ id: 'of-before', kind, subject: null, title: 'Done', state: 'done', step: '', done: 1, total: 1 },
  ...{ startedAt: since, endedAt: since, report: [], problem: null },
});

/** Answers in place of the server, which would need dead letters. @returns the paths that the page has posted to */
const answering = async (page: Page, task: string | null, readAt: string): Promise<readonly string[]> => {
  const rows = ['LD-A', 'LD-B', 'LD-C'].map(row);
  const posted: string[] = [];
  const list = { since: readAt, task, problem: null, total: 3, matching: 3, held: 0, still_hidden: 0 };
  await page.route(/\/api\/dead-letters(\?.*)?$/, (route) =>
    route.fulfill({ json: { ...list, groups: [], sources: [], rows } }),
  );
  await page.route(/\/api\/dead-letters\/(read|redrive)$/, (route) => {
    posted.push(new URL(route.request().url()).pathname);
    return route.fulfill({ json: ended('dead-letters') });
  });
  return posted;
};

describeInChromium('the list of dead letters', ({ open }) => {
  it('is read when its page is opened, also if the page knows of a task that worked on it', async () => {
    const page = await open();
    const posted = await answering(page, 'of-before', new Date(Date.now() - 300_000).toISOString());
    const reading = page.waitForResponse(/\/api\/dead-letters\/read$/);
    await visit(page, '/dead-letters');
    await reading;
    expect(posted).toEqual(['/api/dead-letters/read']);
  });

  it('has no chosen rows any more once their redrive has begun', async () => {
    const page = await open();
    const posted = await answering(page, null, since);
    await visit(page, '/dead-letters');
    await page.getByRole('checkbox', { name: 'Choose LD-A' }).check();
    await page.getByRole('checkbox', { name: 'Choose LD-C' }).check();
    await page.getByText('2 dead letters chosen.').waitFor();
    await page.getByRole('button', { name: 'Redrive 2' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Redrive 2' }).click();
    await page.getByRole('button', { name: 'Redrive 3' }).waitFor();
    expect(await page.getByRole('button', { name: 'Choose none' }).count()).toBe(0);
    expect(await page.getByRole('checkbox', { name: 'Choose LD-A' }).isChecked()).toBe(false);
    expect(posted).toContain('/api/dead-letters/redrive');
  });
});
