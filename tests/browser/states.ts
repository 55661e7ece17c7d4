import type { Page } from 'playwright-core';

/** A state of a page that a user opens: its name, its page, and how it is opened. Ends when it is shown. */
export type StateToOpen = readonly [name: string, page: string, open: (page: Page) => Promise<void>];

const dialogOf = (role: 'dialog' | 'alertdialog', button: string) => async (page: Page) => {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole(role).waitFor();
};

const rows =
  'lead_id,owner_name,owner_email\nLD-20431,Maya Chen,maya.chen@example.com\nLD-20400,Bob Builder,b@example.com';

const checkRows = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Or paste the rows' }).fill(text);
  await page.getByRole('button', { name: 'Check the rows' }).click();
};

/** The dialogs, the list of shortcuts, the notices of a period, and the import of owners, with the names of pages.ts. */
export const statesToOpen: readonly StateToOpen[] = [
  [
    'shortcuts',
    'overview',
    async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    },
  ],
  [
    'leads-period',
    'leads',
    async (page) => {
      const address = new URL('/leads?during=received', page.url());
      address.searchParams.set('from', new Date(Date.now() - 86_400_000).toISOString());
      address.searchParams.set('to', new Date().toISOString());
      await page.goto(address.href);
      await page.getByText('Only leads that were received').waitFor();
      await page.getByRole('table', { name: 'Leads' }).waitFor();
    },
  ],
  [
    'leads-period-refused',
    'leads',
    async (page) => {
      await page.goto(new URL('/leads?during=received&from=yesterday&to=today', page.url()).href);
      await page.getByText('The period in the address is left out').waitFor();
      await page.getByRole('table', { name: 'Leads' }).waitFor();
    },
  ],
  ['put-owner', 'lead', dialogOf('dialog', 'Put an owner…')],
  ['confirm', 'dead-letter', dialogOf('alertdialog', 'Redrive 1')],
  ['confirm-reason', 'dead-letter', dialogOf('alertdialog', 'Discard 1…')],
  [
    'missing-found',
    'missing',
    async (page) => {
      await page.getByRole('button', { name: 'Look for them…' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Look for them' }).click();
      await page.getByRole('table', { name: 'Failed events without a dead letter' }).waitFor();
    },
  ],
  ['rotate', 'source-hubspot-eu', dialogOf('dialog', 'Rotate…')],
  [
    'owners-import',
    'owners',
    async (page) => {
      await checkRows(page, rows);
      await page.getByRole('button', { name: /^Write \d/ }).waitFor();
    },
  ],
  [
    'owners-refused',
    'owners',
    async (page) => {
      await checkRows(page, 'lead_id,owner_name\nLD/1,Ann');
      await page.getByRole('status', { name: 'Problems of the rows' }).waitFor();
    },
  ],
];
