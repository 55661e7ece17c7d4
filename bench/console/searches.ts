import type { Page } from 'playwright-core';
import { leads as leadsEndpoint } from '../../console/api/leads';
import { visit } from '../../tests/browser/pages';
import type { PastLead } from '../../tests/browser/past-leads';
import { type Shown, watchPages, whenShown } from './in-page';

/** How a search is typed, and the lead that its first row must have. */
type Search = Readonly<{ name: string; run: (page: Page) => Promise<void>; first: PastLead }>;

/**
 * `answerMs`: from the request to the answer of the server. `shownMs`: from the answer until its first row is painted.
 */
export type SearchTimes = Readonly<{ name: string; answerMs: readonly number[]; shownMs: readonly number[] }>;

/** The ways to search, with the values that a lead is found by. A search by status also finds failed leads. */
const kinds = [
  { name: 'lead id', field: 'id', valueOf: ({ id }: PastLead) => id },
  { name: 'owner', field: 'owner', valueOf: ({ owner }: PastLead) => owner, hasOwner: true },
  { name: 'e-mail', field: 'email', valueOf: ({ email }: PastLead) => email },
  { name: 'status', field: 'status', valueOf: ({ status }: PastLead) => status },
] as const;

/**
 * One search of each kind.
 *
 * @param all newest first, as the list shows them
 * @param sought the lead that all of them find
 */
const searchesFor = (all: readonly PastLead[], sought: PastLead): readonly Search[] =>
  kinds.map((kind) => {
    const value = kind.valueOf(sought);
    // The item of a failed lead has no owner.
    const found = all.filter(({ failed }) => failed === undefined || !('hasOwner' in kind));
    return {
      name: kind.name,
      first: found.find((lead) => kind.valueOf(lead) === value) ?? sought,
      run: async (page) => {
        const form = page.getByRole('search', { name: 'Search leads' });
        await form.getByLabel('Search by').selectOption(kind.field);
        await form.getByRole('searchbox').fill(value);
        await form.getByRole('button', { name: 'Search', exact: true }).click();
      },
    };
  });

/** Leads that differ in each value by which is searched: the page keeps what it has found, and does not ask again. */
const differentLeads = (all: readonly PastLead[], count: number): readonly PastLead[] => {
  const used = new Set<string>();
  const found: PastLead[] = [];
  for (const lead of all.filter(({ failed }) => failed === undefined)) {
    const values = kinds.map(({ name, valueOf }) => `${name} ${valueOf(lead)}`);
    if (values.some((value) => used.has(value))) continue;
    for (const value of values) used.add(value);
    found.push(lead);
    if (found.length === count) return found;
  }
  throw new Error('There are too few leads.');
};

/** Searches the list of leads as a user does, in each way, `rounds` times. */
export const searchTimes = async (
  page: Page,
  all: readonly PastLead[],
  rounds: number,
): Promise<readonly SearchTimes[]> => {
  await watchPages(page);
  await visit(page, '/leads');
  const times = new Map<string, Shown[]>();
  for (const lead of differentLeads(all, rounds))
    for (const { name, run, first } of searchesFor(all, lead)) {
      const [shown] = await Promise.all([
        whenShown(page, 'main table tbody tr td', first.id, leadsEndpoint.path),
        run(page),
      ]);
      times.set(name, [...(times.get(name) ?? []), shown]);
    }
  return [...times].map(([name, shown]) => ({
    name,
    answerMs: shown.map(({ askedMs, answeredMs }) => answeredMs - askedMs),
    shownMs: shown.map(({ answeredMs, shownMs }) => shownMs - answeredMs),
  }));
};
