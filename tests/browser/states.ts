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

/** The dialogs of each kind, the list of shortcuts, and the import of owners, with the names of pages.ts. */
export const statesToOpen: readonly StateToOpen[] = [
  [
    'shortcuts',
    'overview',
    async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
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
