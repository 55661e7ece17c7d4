import * as E from 'fp-ts/Either';
import { EventRows } from '../../../../../shared/operations/overview/event-rows';
import { searchEvents } from '../../../../../shared/operations/overview/search-events';
import type { Happening } from '../../../../../shared/operations/views/event-period';
import { facts } from './table-double';

const [from, to] = ['2026-01-31T12:00:00.000Z', '2026-01-31T13:00:00.000Z'];
const [inside, outside] = ['2026-01-31T12:30:00.000Z', '2026-01-31T14:00:00.000Z'];

const found = (during: Happening, events: readonly ReturnType<typeof facts>[]): readonly string[] => {
  const rows = new EventRows();
  for (const event of events) rows.put(event, 1);
  const page = searchEvents(rows, { period: { during, from, to }, limit: 10 });
  return E.isRight(page) ? page.right.events.map(({ event_id }) => event_id) : ['bad-cursor'];
};

it.each([
  ['received', 'received-then'],
  ['mailed', 'mailed-then'],
  ['failed', 'failed-then'],
] as const)('a search for what was %s in a period compares that time of an event, and no other', (during, id) => {
  const times = { received_at: outside, notified_at: outside, failed_at: outside };
  expect(
    found(during, [
      facts('received-then', { ...times, received_at: inside }),
      facts('mailed-then', { ...times, notified_at: inside }),
      facts('failed-then', { ...times, failed_at: inside }),
      facts('waits', { received_at: outside }),
    ]),
  ).toStrictEqual([id]);
});

it('a period has its begin, and not its end', () => {
  const at = (id: string, received_at: string) => facts(id, { received_at });
  expect(
    found('received', [
      at('before', '2026-01-31T11:59:59.999Z'),
      at('first', from),
      at('last', '2026-01-31T12:59:59.999Z'),
      at('after', to),
    ]),
  ).toStrictEqual(['last', 'first']);
});
