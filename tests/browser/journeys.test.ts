import type { Locator, Page } from 'playwright-core';
import { eventually, newLeadId } from '../stack/waiting';
import { describeInChromium } from './in-chromium';

const go = async (page: Page, title: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: title }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
};

/** Marks the document. The mark is gone after a page load. */
const markDocument = (page: Page) => page.evaluate('globalThis.isSameDocument = true');
const isSameDocument = (page: Page) => page.evaluate<boolean>('globalThis.isSameDocument === true');

describeInChromium('the journeys', ({ cloud, open }) => {
  it('a newcomer sends a lead from the form, and watches it become mailed', async () => {
    const leadId = newLeadId();
    const page = await open();
    await markDocument(page);
    await go(page, 'Send a lead');
    await page.getByRole('textbox', { name: 'Lead id' }).fill(leadId);
    await page.getByRole('textbox', { name: 'E-mail' }).fill('nora.newcomer@example.com');
    await page.getByRole('textbox', { name: 'Name' }).fill('Nora Newcomer');
    await page.getByRole('button', { name: 'Send the lead' }).click();
    const answer = page.getByRole('status', { name: 'Answer of the API' });
    await answer.getByText('Accepted').waitFor();

    await answer.getByRole('link', { name: leadId }).click();
    await page.getByRole('heading', { level: 1, name: leadId }).waitFor();
    const mail = page.getByRole('region', { name: 'The mail as it was sent' });
    await mail.getByText(leadId).first().waitFor();
    const steps = await page
      .getByRole('region', { name: 'What happened' })
      .getByRole('listitem')
      .locator('b')
      .allInnerTexts();
    // On a slow machine a worker receives the message again, which is a step of its own.
    expect(steps.filter((step) => step !== 'Taken up')).toEqual(['Received', 'Claimed', 'Mailed']);
    // Personal data is masked until the user asks for it.
    expect(await page.getByText('Nora Newcomer').count()).toBe(0);
    await page.getByRole('button', { name: 'Show personal data' }).click();
    await page.getByText('Nora Newcomer').first().waitFor();
    expect(await isSameDocument(page)).toBe(true);
    expect(await cloud.mailsAbout(leadId)).toHaveLength(1);
  });

  it('from a number of the chart one comes to the leads of that hour only, also by a link', async () => {
    const leadId = newLeadId();
    const sent = await cloud.post('/ingest', { lead_id: leadId, lead_email: 'hourly@example.com' });
    const page = await open();
    await page.getByText('As a table').click();
    const hours = page.getByRole('table', { name: 'Leads per hour' }).getByRole('row');
    // The first row has the names of the columns. The lead may have come before the full hour.
    const received = async (): Promise<Locator | undefined> => {
      for (const row of [hours.nth(1), hours.nth(2)]) {
        const link = row.getByRole('link').first();
        if ((await link.innerText()) !== '0') return link;
      }
      return undefined;
    };
    await (await eventually('the lead in the chart', received)).click();
    await page.getByText('Only leads that were received').waitFor();
    await page.getByRole('row').filter({ hasText: leadId }).waitFor();
    const yesterday = new URL(page.url());
    for (const name of ['from', 'to']) {
      const time = Date.parse(yesterday.searchParams.get(name) ?? '') - 48 * 3_600_000;
      yesterday.searchParams.set(name, new Date(time).toISOString());
    }
    await page.goto(yesterday.href);
    await page.getByText('No lead matches').waitFor();
    await page.getByRole('link', { name: 'Show all times' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('row').filter({ hasText: leadId }).waitFor();
    // The link is gone, and the keyboard starts at the top of the page.
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await page.goBack();
    await page.getByText('No lead matches').waitFor();
    await page.getByRole('combobox', { name: 'Search by' }).selectOption('id');
    await page.getByRole('searchbox', { name: 'Lead id', exact: true }).fill(leadId);
    await page.keyboard.press('Enter');
    await page.getByRole('row').filter({ hasText: leadId }).waitFor();
    expect(new URL(page.url()).search).toBe(`?id=${leadId}`);
    expect(sent.status).toBe(202);
  });

  it('an operator finds a dead letter, sees why, puts the owner, redrives, and sees the mail', async () => {
    const leadId = newLeadId();
    const key = `raw/orphan-${leadId}.json`;
    await cloud.putRaw(key, { lead_id: leadId, lead_email: 'orphan@example.com' });
    await cloud.sendMessage({ s3_key: key });
    const page = await open();
    await markDocument(page);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Dead letters' }).click();
    const group = page.getByRole('region', { name: 'No owner' });
    const row = page.getByRole('row').filter({ hasText: leadId });
    // The message is received three times before it becomes a dead letter.
    /** Reads the queue until it has what the test waits for. */
    const readUntil = (what: string, found: Locator) =>
      eventually(what, async () => {
        const again = page.getByRole('button', { name: 'Read again' });
        await again.click();
        await again.and(page.locator(':enabled')).waitFor();
        return (await found.count()) === 1 ? true : undefined;
      });
    await readUntil('the group', group);
    await group.getByText('The lookup bucket has no file').waitFor();
    await group.getByRole('link', { name: /^Look at/ }).click();
    await page.getByRole('searchbox', { name: 'Search by id, source or reason' }).fill(leadId);
    await page.waitForURL(/reason=owner-missing.*search=/);
    await readUntil('the dead letter', row);
    await row.getByRole('link', { name: leadId }).click();
    await page.getByRole('heading', { level: 1, name: leadId }).waitFor();
    await page.getByText('Put the file of the owner into the lookup bucket').first().waitFor();

    await page.getByRole('region', { name: 'Facts' }).getByRole('link', { name: leadId }).click();
    await page.getByRole('button', { name: 'Put an owner…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Put an owner' });
    await dialog.getByRole('textbox', { name: 'Name of the owner' }).fill(`Olga ${leadId}`);
    await dialog.getByRole('button', { name: 'Put an owner' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await cloud.readJson(cloud.outputs.LookupBucketName, `${leadId}.json`)).toEqual({
      owner_name: `Olga ${leadId}`,
    });

    await page.goBack();
    await page.getByRole('button', { name: 'Redrive 1' }).click();
    const question = page.getByRole('alertdialog', { name: 'Redrive 1 dead letter?' });
    await question.getByText('mails each lead once').waitFor();
    await question.getByRole('button', { name: 'Redrive 1' }).click();
    const task = page.getByRole('region', { name: /^Redriving 1 dead letter/ });
    await task.getByText('done', { exact: true }).waitFor();
    await page.goForward();
    await page.getByRole('region', { name: 'The mail as it was sent' }).getByText(`Owner: Olga ${leadId}`).waitFor();
    expect(await isSameDocument(page)).toBe(true);
    expect(await cloud.mailsAbout(leadId)).toHaveLength(1);
  });

  it('an admin adds a source, tries its mapping, sends a signed test, rotates its secret, and retires the old one', async () => {
    const id = `admin-${newLeadId()}`.toLowerCase();
    const page = await open();
    await markDocument(page);
    await go(page, 'Sources');
    await page.getByRole('link', { name: 'Add a source' }).click();
    await page.getByRole('textbox', { name: 'Id', exact: true }).fill(id);
    await page.getByRole('combobox', { name: 'Provider' }).selectOption('');
    await page.getByRole('combobox', { name: 'How it proves who sends' }).selectOption('header-secret');
    const settings = page.getByRole('textbox', { name: /^Payload: how it becomes a lead/ });
    const payload = page.getByRole('textbox', { name: 'Payload of the sender' });
    const tried = page.getByRole('status', { name: 'Leads as Leadline reads them' });
    await payload.fill(JSON.stringify({ contact: { key: 'C-1', mail: 'kim@example.com' } }));
    await settings.fill(JSON.stringify({ fields: { lead_id: 'contact.id', email: 'contact.mail' } }));
    await page.getByRole('button', { name: 'Try the mapping' }).click();
    await tried.getByText('lead_id').waitFor();
    await tried.getByText('no lead').waitFor();
    await settings.fill(JSON.stringify({ fields: { lead_id: 'contact.key', email: 'contact.mail' } }));
    await page.getByRole('button', { name: 'Try the mapping' }).click();
    await tried.getByText('Leadline reads 1 lead.').waitFor();
    await tried.getByText('C-1').waitFor();
    await page.getByRole('textbox', { name: 'Header', exact: true }).fill('x-crm-secret');
    await page.getByRole('button', { name: 'Add the source' }).click();
    await page.getByText('Copy this now.').waitFor();
    const first = await page.getByLabel('Secret', { exact: true }).innerText();
    await page.getByRole('button', { name: 'I have copied it' }).click();

    const test = page.getByRole('region', { name: 'Signed test' });
    const sample = test.getByRole('textbox', { name: 'Payload of the test' });
    await test.getByText('Leadline has no sample').waitFor();
    await sample.fill('{"contact": ');
    await test.getByText('This is not JSON').waitFor();
    expect(await test.getByRole('button', { name: 'Send a signed test' }).isDisabled()).toBe(true);
    await sample.fill(JSON.stringify({ contact: { key: newLeadId(), mail: 'kim@example.com' } }));
    await test.getByRole('button', { name: 'Send a signed test' }).click();
    await test.getByText('Accepted').waitFor();

    await page.getByRole('link', { name: 'Send something else' }).click();
    await page
      .getByRole('textbox', { name: 'Payload that is sent' })
      .fill(JSON.stringify({ contact: { key: newLeadId(), mail: 'kim@example.com' } }));
    await page.getByRole('button', { name: 'Send the lead' }).click();
    await page.getByRole('status', { name: 'Answer of the API' }).getByText('Accepted').waitFor();

    await go(page, 'Sources');
    await page.getByRole('link', { name: id }).click();
    await page.getByRole('button', { name: 'Rotate…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate the secret' }).click();
    await page.getByText('Copy this now.').waitFor();
    expect(await page.getByLabel('Secret', { exact: true }).innerText()).not.toBe(first);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    const secrets = page.getByRole('region', { name: 'Secrets' });
    await secrets.getByText('two are valid').waitFor();

    const sent = await cloud.post(
      `/webhook/${id}`,
      { contact: { key: newLeadId(), mail: 'old@example.com' } },
      { 'x-crm-secret': first },
    );
    expect(sent.status).toBe(202);
    await secrets
      .locator('dd')
      .filter({ hasText: /matched [1-9]\d* requests/ })
      .first()
      .waitFor();
    await secrets.getByRole('button', { name: 'Retire the old secret…' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText('Senders that still use the old secret get 401').waitFor();
    await question.getByRole('button', { name: 'Retire the old secret' }).click();
    await secrets.getByRole('button', { name: 'Rotate…' }).waitFor();
    expect(await isSameDocument(page)).toBe(true);
  });
});
