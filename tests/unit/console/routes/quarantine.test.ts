import * as api from '../../../../console/api/quarantine';
import { quarantineRoutes } from '../../../../console/server/routes/quarantine';
import type { ReadAgain } from '../../../../shared/operations/quarantine/revalidate-quarantined';
import type { QuarantineItem } from '../../../../shared/stored/quarantine-item';
import {
  accepted,
  quarantineDouble,
  quarantinedItem,
  read,
  rejected,
  requestOf,
} from '../../shared/operations/quarantine/quarantine-double';
import { asking } from './asking';

/** The routes on a quarantine with these items. @param again what the present settings read in a request */
const quarantine = (
  items: readonly QuarantineItem[],
  again: (item: QuarantineItem) => ReadAgain | Promise<ReadAgain> = ({ id }) => read(accepted(id.slice(0, 8))),
) => {
  const double = quarantineDouble(items);
  const stack = { quarantine: double.store, revalidate: async (item: QuarantineItem) => again(item) };
  const asked = asking((respond, runner, now) => quarantineRoutes(respond, stack, runner, now));
  const list = async (filter: api.QuarantineFilter = {}) => {
    const reading = await asked.ended(await asked.ask(api.readQuarantine, {}));
    expect(reading).toMatchObject({ kind: 'quarantine-reading', subject: null });
    return asked.ask(api.quarantine, filter);
  };
  return { ...double, ...asked, list };
};

const keyOf = ({ source, id }: QuarantineItem): string => `${source}/${id}`;

describe('the list of the quarantine', () => {
  it('has groups by source, kind and problem, without requests that are decided on', async () => {
    const items = [
      quarantinedItem(),
      quarantinedItem(),
      quarantinedItem({ source: 'crm', problems: [{ path: 'lead_id', message: 'is missing' }] }),
      quarantinedItem({ state: 'DISCARDED', discarded_at: '2026-01-02T00:00:00.000Z', discard_reason: 'spam' }),
    ];
    const { groups, states, rows } = await quarantine(items).list();
    expect(groups.map(({ source, kind, problem, count }) => [source, kind, problem.path, count])).toStrictEqual([
      ['acme', 'body', 'email', 2],
      ['crm', 'body', 'lead_id', 1],
    ]);
    expect(states).toStrictEqual({ QUARANTINED: 3, REVALIDATED: 0, DISCARDED: 1 });
    expect(rows).toHaveLength(3);
  });

  it('is searched by source, problem, state and a part of an id', async () => {
    const items = [
      quarantinedItem(),
      quarantinedItem({ source: 'crm', problems: [{ path: '', message: 'is no JSON' }] }),
    ];
    const { list } = quarantine(items);
    const found = async (filter: api.QuarantineFilter) => (await list(filter)).rows.map(({ source }) => source);
    expect(await found({ source: 'crm' })).toStrictEqual(['crm']);
    expect(await found({ problem: 'email' })).toStrictEqual(['acme']);
    expect(await found({ problem: 'is no JSON' })).toStrictEqual(['crm']);
    expect(await found({ search: items[0]!.id.slice(0, 8) })).toStrictEqual(['acme']);
    expect(await found({ state: 'DISCARDED' })).toStrictEqual([]);
    expect(await found({ state: 'all' })).toStrictEqual(['acme', 'crm']);
  });
});

test('an address in the problem of a request is masked, and the filter by that problem finds the request', async () => {
  const problems = [{ path: 'eva@lindab.example', message: 'is not known' }];
  const { list, ask } = quarantine([quarantinedItem({ problems }), quarantinedItem()]);
  const all = await list();
  expect(JSON.stringify(all)).not.toContain('lindab');
  const found = await ask(api.quarantine, { problem: '•••@••• is not known' });
  expect(found.rows.map((row) => row.problems)).toStrictEqual([[{ path: '•••@•••', message: 'is not known' }]]);
});

describe('revalidating from the console', () => {
  it('reports each request: its events, or the problems that it still has', async () => {
    const [good, bad] = [quarantinedItem(), quarantinedItem()];
    const { ask, ended, list } = quarantine([good, bad], (item) =>
      item.id === good.id ? read(accepted('good')) : read(rejected),
    );
    const { since } = await list();
    const task = await ended(await ask(api.revalidate, { since: since!, count: 2, filter: { source: 'acme' } }));
    expect(task).toMatchObject({ kind: 'quarantine', subject: null, title: 'Revalidating 2 requests' });
    expect(task.report).toStrictEqual([
      '1 of 2 requests revalidated, 1 new event.',
      '1 revalidated.',
      '1 stays in quarantine, because it still has problems.',
    ]);
    const { rows } = await ask(api.quarantine, { state: 'all' });
    expect(rows.map(({ state, outcome }) => [state, outcome?.leads, outcome?.problems])).toStrictEqual([
      ['REVALIDATED', [{ lead_id: 'lead-good', event_id: 'event-good', is_new: true }], []],
      ['QUARANTINED', [], [{ path: 'email', message: 'is missing' }]],
    ]);
  });

  it('revalidates what the user chose while the list was read again, but not what became another request', async () => {
    const items = [quarantinedItem(), quarantinedItem()];
    const { ask, ended, list, log, refused, stored } = quarantine(items);
    const { since } = await list();
    stored.set(items[1]!.id, { ...items[1]!, problems: [{ path: 'lead_id', message: 'is missing' }] });
    await list();
    const choiceOf = (item: QuarantineItem) => ({ since: since!, count: 1, ids: [keyOf(item)] });
    expect((await refused(api.revalidate, choiceOf(items[1]!))).message).toContain('is not the same in it');
    await ended(await ask(api.revalidate, choiceOf(items[0]!)));
    expect(log).toStrictEqual([`finish ${items[0]!.id}`]);
  });

  it('revalidates the chosen requests only', async () => {
    const [mine, other] = [quarantinedItem(), quarantinedItem()];
    const { ask, ended, list, log } = quarantine([mine, other]);
    const { since } = await list();
    const task = await ended(await ask(api.revalidate, { since: since!, count: 1, ids: [keyOf(mine)] }));
    expect(task).toMatchObject({ kind: 'quarantine', subject: keyOf(mine), title: 'Revalidating 1 request' });
    expect(log).toStrictEqual([`finish ${mine.id}`]);
  });

  it('stops after the current request', async () => {
    const items = [quarantinedItem(), quarantinedItem(), quarantinedItem()];
    let stop = (): void => undefined;
    const { ask, ended, list, runner, log } = quarantine(items, ({ id }) => {
      stop();
      return read(accepted(id.slice(0, 8)));
    });
    const { since } = await list();
    stop = () => void runner.stop(runner.all()[0]!.id);
    const task = await ask(api.revalidate, { since: since!, count: 3 });
    expect(await ended(task)).toMatchObject({ state: 'stopped' });
    expect(log).toStrictEqual([`finish ${items[0]!.id}`]);
  });

  it('reports what was done when the cloud stops answering', async () => {
    const items = [quarantinedItem(), quarantinedItem()];
    const { ask, ended, list } = quarantine(items, ({ id }) =>
      id === items[0]!.id ? read(accepted('one')) : Promise.reject(new Error('no answer')),
    );
    const { since } = await list();
    const task = await ended(await ask(api.revalidate, { since: since!, count: 2 }));
    expect(task).toMatchObject({ state: 'failed', problem: { message: 'no answer' } });
    expect(task.report).toStrictEqual(['Done before the error: revalidated 1, chosen 2.']);
  });
});

describe('discarding from the console', () => {
  it('keeps the reason, and leaves what is not chosen', async () => {
    const [mine, other] = [quarantinedItem(), quarantinedItem()];
    const { ask, ended, list, stored, refused } = quarantine([mine, other]);
    const { since } = await list();
    const choice = { since: since!, count: 1, ids: [keyOf(mine)] };
    expect((await refused(api.discardQuarantined, { ...choice, reason: '' })).message).toBe('Give a reason.');
    const task = await ended(await ask(api.discardQuarantined, { ...choice, reason: 'no lead' }));
    expect(task).toMatchObject({ kind: 'quarantine', subject: keyOf(mine), title: 'Discarding 1 request' });
    expect(task.report).toStrictEqual(['1 of 1 request discarded.', '1 discarded.']);
    expect(stored.get(mine.id)).toMatchObject({ state: 'DISCARDED', discard_reason: 'no lead' });
    expect(stored.get(other.id)?.state).toBe('QUARANTINED');
  });
});

describe('a discard of several requests', () => {
  const discarding = async () => {
    const items = [quarantinedItem(), quarantinedItem()];
    const double = quarantine(items);
    const { since } = await double.list();
    const run = async () =>
      double.ended(await double.ask(api.discardQuarantined, { since: since!, count: 2, reason: 'no lead' }));
    const outcomes = async () =>
      (await double.ask(api.quarantine, { state: 'all' })).rows.map(({ outcome }) => outcome);
    return { ...double, items, run, outcomes };
  };

  it('shows what became of each as soon as it is known', async () => {
    const { store, items, run, outcomes } = await discarding();
    const { discard } = store;
    Object.assign(store, {
      discard: (item: QuarantineItem, reason: string) =>
        item.id === items[1]!.id ? Promise.reject(new Error('no answer')) : discard(item, reason),
    });
    const { state, report } = await run();
    expect([state, report]).toStrictEqual(['failed', ['Done before the error: discarded 1, chosen 2.']]);
    expect(await outcomes()).toMatchObject([{ says: 'discarded' }, null]);
  });

  it('goes on if the new state of one cannot be read', async () => {
    const { store, run, outcomes } = await discarding();
    Object.assign(store, { item: () => Promise.reject(new Error('no answer')) });
    expect((await run()).report[0]).toBe('2 of 2 requests discarded.');
    expect(await outcomes()).toMatchObject([{ says: 'discarded' }, { says: 'discarded' }]);
  });
});

describe('one quarantined request', () => {
  it('has the names and kinds of its values, and its values only if personal data is shown', async () => {
    const item = quarantinedItem();
    const { ask } = quarantine([item]);
    const masked = await ask(api.quarantined, { source: item.source, id: item.id });
    expect(masked?.request).toMatchObject({ shape: ['contact.id: number', 'contact.mail: text'], body: null });
    expect(JSON.stringify(masked)).not.toContain('kim@example.com');
    expect(masked?.row.problems).toHaveLength(2);
    const shown = await ask(api.quarantined, { source: item.source, id: item.id, personal: 'shown' });
    expect(shown?.request).toMatchObject({ body: '{"contact":{"id":7,"mail":"kim@example.com"}}' });
    expect(JSON.stringify(shown)).not.toContain('abcdefgh');
  });

  it('has addresses in its URL and headers masked until personal data is shown', async () => {
    const item = quarantinedItem();
    const { ask, store } = quarantine([item]);
    const sent = {
      ...requestOf(item),
      url: 'https://x.example/?to=kim@example.com',
      headers: { from: ['kim@example.com'] },
    };
    Object.assign(store, { request: () => Promise.resolve(sent) });
    const masked = await ask(api.quarantined, { source: item.source, id: item.id });
    expect(JSON.stringify(masked)).not.toContain('kim@');
    const shown = await ask(api.quarantined, { source: item.source, id: item.id, personal: 'shown' });
    expect(shown?.request).toMatchObject({ headers: [{ name: 'from', value: 'kim@example.com' }] });
  });

  it('is null if it has expired', async () => {
    expect(await quarantine([]).ask(api.quarantined, { source: 'acme', id: 'gone' })).toBeNull();
  });
});
