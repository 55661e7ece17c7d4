import type { Page } from 'playwright-core';
import { eventually, newLeadId } from '../stack/waiting';
import { describeInChromium, type Desk } from './in-chromium';
import { visit } from './pages';

/** What a user hears of the element that has the focus: its label, or its text. */
const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(
    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()",
  );

/** Waits until the element with a name has the focus. A dialog gives the focus back just after it has closed. */
const focusIsOn = (page: Page, name: string) =>
  eventually(`the focus on ${name}`, async () => ((await focused(page)) === name ? true : undefined));

/** Presses Tab until the element with a name has the focus. */
const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}.`);
};

const mailedLead = async ({ cloud }: Desk): Promise<string> => {
  const leadId = newLeadId();
  await cloud.putOwner(leadId, { owner_name: 'Maya Chen' });
  const { body } = await cloud.post('/ingest', { lead_id: leadId, lead_email: 'key@example.com', display_name: 'Kim' });
  await eventually('the mail', async () =>
    (await cloud.event(leadId, String(body.event_id))).state === 'NOTIFIED' ? true : undefined,
  );
  return leadId;
};

describeInChromium('the console without a mouse', (desk) => {
  it('opens a lead from the list, and asks before it acts on it', async () => {
    const leadId = await mailedLead(desk);
    const page = await desk.open();
    await visit(page, `/leads?id=${leadId}`);
    await page.getByRole('row').filter({ hasText: leadId }).waitFor();
    await page.keyboard.press('j');
    await page.locator('tr:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: leadId }).waitFor();

    await tabTo(page, 'Mail again…');
    await page.keyboard.press('Enter');
    const question = page.getByRole('alertdialog', { name: 'Mail again?' });
    await question.waitFor();
    const seen = new Set<string>();
    for (let presses = 0; presses < 6; presses += 1) {
      seen.add(await focused(page));
      await page.keyboard.press('Tab');
    }
    expect([...seen].sort()).toEqual(['Cancel', 'Mail again']);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await focusIsOn(page, 'Mail again…');
    expect(await desk.cloud.mailsAbout(leadId)).toHaveLength(1);

    await page.keyboard.press('Enter');
    await question.waitFor();
    await tabTo(page, 'Mail again');
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'detached' });
    await eventually('the second mail', async () =>
      (await desk.cloud.mailsAbout(leadId)).length === 2 ? true : undefined,
    );
  });

  it('lists its shortcuts, and gives the focus back', async () => {
    const page = await desk.open();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await tabTo(page, 'Skip to the content');
    await page.keyboard.press('?');
    const list = page.getByRole('dialog');
    await list.getByText('Go to Leads').waitFor();
    await page.keyboard.press('Tab');
    expect(await list.locator(':focus').count()).toBe(1);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await focusIsOn(page, 'Skip to the content');
  });

  it('lists the keys of the page first, and scrolls in a low window without hiding how to close', async () => {
    await mailedLead(desk);
    const page = await desk.open({ viewport: { width: 1280, height: 640 } });
    await visit(page, '/leads');
    await page.getByRole('table', { name: 'Leads' }).waitFor();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog');
    const keys = list.getByRole('group', { name: 'Keys' });
    const bottomOf = async (name: string): Promise<number> => {
      const box = await list.getByRole('region', { name }).boundingBox();
      return (box?.y ?? 0) + (box?.height ?? Infinity);
    };
    await list.getByRole('region', { name: 'On this page' }).getByText('Open the row').waitFor();
    expect(await bottomOf('On this page')).toBeLessThan(640);
    expect(await bottomOf('On each page')).toBeLessThan(640);

    await page.setViewportSize({ width: 360, height: 400 });
    const end = (await list.getByRole('button', { name: 'Close' }).boundingBox()) ?? { y: Infinity, height: 0 };
    expect(end.y + end.height).toBeLessThan(400);
    await keys.focus();
    await page.keyboard.press('End');
    await eventually('the last key', async () => ((await bottomOf('On each page')) < end.y ? true : undefined));
  });

  it('goes to each page by its keys', async () => {
    const page = await desk.open();
    const links = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog');
    await list.waitFor();
    for (const link of links) expect(await list.getByText(`Go to ${link.replace(/[\d,]+.*$/, '')}`).count()).toBe(1);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await focusIsOn(page, 'Leads');
    expect(new URL(page.url()).pathname).toBe('/leads');
  });
});
