import { readFile } from 'node:fs/promises';
import { describeInChromium } from './in-chromium';
import { onceKnown } from '../stack/waiting';
import { putSources } from '../stack/put-source';
import { pagesOf, settle, subPagesOf, tooWide, visit } from './pages';

/** Marks the page if it ever runs as a script. */
const script = 'globalThis.wasRun=1';
const markup = `"><img src=x onerror="${script}"><script>${script}</script>`;
/** RIGHT-TO-LEFT OVERRIDE and ISOLATE, a zero-width space, a bell, and a line separator. */
const hidden = 'gnp.exe\u202egnp.\u2066x\u200b\u0007\u2028';
const long = 'W'.repeat(10_000);
const formula = '=HYPERLINK("http://evil.example","click")';

/** An id has 1 to 128 printable ASCII characters, and no slash. */
const hostile = {
  markup: { lead_id: `h-'"><script>globalThis.wasRun=1<script>`, display_name: markup, status: markup },
  hidden: { lead_id: 'h-hidden', display_name: `Ann ${hidden}`, status: hidden },
  long: { lead_id: `h-${'L'.repeat(126)}`, display_name: long, status: long.slice(0, 1000), note: long },
  formula: { lead_id: '=h-1+1', display_name: formula, status: '@SUM(A1:A9)', note: '\t=1+1' },
};

type Found = Readonly<{ wasRun: boolean; elements: number; hidden: readonly string[] }>;

/** What no field of a sender may bring into a page: a script that ran, elements, and characters that hide or turn text. */
const look = `({
  wasRun: 'wasRun' in globalThis,
  elements: document.querySelectorAll('main img, main script, main iframe').length,
  hidden: document.body.innerText.match(/.{0,20}[\\u0000-\\u0008\\u200b\\u202a-\\u202e\\u2066-\\u2069\\u2028]/g) ?? [],
})`;

describeInChromium('the console with fields of a hostile sender', ({ cloud, open }) => {
  beforeAll(async () => {
    for (const [name, lead] of Object.entries(hostile)) {
      const { status } = await cloud.post('/ingest', { lead_email: 'h@example.com', ...lead });
      expect([name, status < 300]).toEqual([name, true]);
    }
    // A message that Leadline did not write, for the page of dead letters.
    const message = { s3_key: `raw/${markup}${hidden}`, lead_id: `${markup}${hidden}${long}` };
    await cloud.sendMessage(message, cloud.outputs.DeadLetterQueueUrl);
    // A request that its source cannot read: it has no address.
    const auth = { scheme: 'header-secret', header: 'x-hostile-secret', secrets: ['a-secret-of-the-hostile-test'] };
    await putSources(cloud, { hostile: { auth, payload: { fields: { lead_id: 'id', email: 'email' } } } });
    const body = { id: 'h-held', email: `${markup}${hidden}`, [markup]: hidden, note: long };
    const headers = { 'x-hostile-secret': 'a-secret-of-the-hostile-test' };
    await onceKnown(() => cloud.post('/webhook/hostile', body, headers), 120);
    await cloud.putOwner('h-owner', { owner_name: `${markup}${hidden}${long.slice(0, 400)}` });
  });

  it('shows them as text, runs no script, and keeps its layout', async () => {
    const page = await open();
    const { markup: first, ...others } = hostile;
    const leads = Object.values(others).map(({ lead_id }) => pagesOf(lead_id)[2]);
    const below = await subPagesOf(page, {
      sources: ['hostile'],
      deadLetters: ['message-unreadable', hostile.hidden.lead_id],
      request: 'hostile',
    });
    const faults: string[] = [];
    // The search found the message of this test, and not one of another test.
    await visit(page, below[0]?.[1] ?? '');
    await settle(page);
    await page.getByRole('button', { name: 'Show personal data' }).click();
    await page.locator('main').getByText('onerror').first().waitFor();
    for (const [name, path, heading] of [...pagesOf(first.lead_id), ...leads, ...below]) {
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 780 });
        await visit(page, path);
        await settle(page, heading);
        const show = page.getByRole('button', { name: 'Show personal data' });
        if ((await show.count()) > 0) {
          await show.click();
          await page.getByRole('button', { name: 'Hide personal data' }).waitFor();
          await settle(page, heading);
        }
        const found = { ...(await page.evaluate<Found>(look)), excess: await tooWide(page) };
        if (found.wasRun || found.elements > 0 || found.hidden.length > 0 || found.excess > 0)
          faults.push(`${name} ${path.slice(0, 60)} at ${width}: ${JSON.stringify(found)}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('makes the hidden characters of a name visible', async () => {
    const page = await open();
    await visit(page, pagesOf(hostile.hidden.lead_id)[2][1]);
    await settle(page);
    await page.getByRole('button', { name: 'Show personal data' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ann' }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/202e/i);
  });

  it('exports cells that a spreadsheet does not calculate', async () => {
    const page = await open();
    await visit(page, '/leads');
    await settle(page, 'Leads');
    await page.getByRole('button', { name: 'Show personal data' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('group', { name: 'Export' }).getByRole('link', { name: 'CSV' }).click();
    const csv = await readFile(await (await download).path(), 'utf8');
    const cells = csv.split(/[,\r\n]+(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.replace(/^"/, ''));
    expect(cells.some((cell) => cell.includes('HYPERLINK'))).toBe(true);
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });
});
