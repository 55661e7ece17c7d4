import { describeInChromium } from './in-chromium';
import { newLeadId } from '../stack/waiting';
import { settle, visit } from './pages';

describeInChromium('the console at 360 pixels', ({ cloud, open }) => {
  it('says which columns it leaves out, and only those', async () => {
    await cloud.post('/ingest', { lead_id: newLeadId(), lead_email: 'narrow@example.com' });
    const page = await open({ viewport: { width: 360, height: 640 } });
    await visit(page, '/leads');
    const shown = async (): Promise<readonly string[]> => {
      await page.getByRole('table', { name: 'Leads' }).waitFor();
      return page.locator('.left-out:visible').allInnerTexts();
    };
    expect(await shown()).toEqual([
      'A wider window also has Name, E-mail, Status, Owner, Source and Updated. Each row opens a page with all fields.',
    ]);
    await page.setViewportSize({ width: 900, height: 640 });
    expect(await shown()).toEqual([
      'A wider window also has E-mail, Status and Owner. Each row opens a page with all fields.',
    ]);
    await page.setViewportSize({ width: 1280, height: 640 });
    expect(await shown()).toEqual([]);
  });

  it('has no button that a result covers for good', async () => {
    const page = await open({ viewport: { width: 360, height: 480 } });
    await visit(page, '/owners');
    await settle(page, 'Owners');
    // A file that cannot be read is reported as a result that stays until it is closed.
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: 'owners.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([0xff, 0xfe, 0xff]),
    });
    await page.getByRole('status', { name: 'Results' }).getByText('not UTF-8').waitFor();
    await page.getByRole('textbox', { name: 'Or paste the rows' }).fill('lead_id');
    // Scrolls to it, and fails if something else is in front of it.
    await page.getByRole('button', { name: 'Check the rows' }).click({ trial: true, timeout: 5_000 });
  });
});
