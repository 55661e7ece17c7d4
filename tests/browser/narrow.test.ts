import { describeInChromium } from './in-chromium';
import { settle, visit } from './pages';

describeInChromium('the console at 360 pixels', ({ open }) => {
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
