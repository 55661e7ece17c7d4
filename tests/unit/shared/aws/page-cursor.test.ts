import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { cursorAt, type Place, placesOf } from '../../../../shared/aws/page-cursor';
import { searchPartitions } from '../../../../shared/aws/search-partitions';
import type { LeadSearch } from '../../../../shared/ports/lead-search';

const search: LeadSearch = { by: 'owner', value: 'bob@example.com', limit: 25 };

/** The search is at its end in the last partition, and has not begun in the one before. */
const places = searchPartitions(search).map((owner_key, index, { length }): Place => {
  if (index === length - 1) return 'end';
  if (index === length - 2) return 'start';
  return marshall({ pk: `LEAD#L-${index}`, sk: 'LEAD#billing', owner_key, updated_at: '2026-01-31T12:00:00.000Z' });
});
const cursor = cursorAt(search, places) ?? '';

const read = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as { places: unknown[] };
const edited = (change: object): string =>
  Buffer.from(JSON.stringify({ ...read(cursor), ...change })).toString('base64url');
const placeWith = (lead: string, namespace: string, time: string): string =>
  edited({ places: [[lead, namespace, time], ...read(cursor).places.slice(1)] });
const time = '2026-01-31T12:00:00.000Z';

describe('the cursor of a page', () => {
  it('continues in each partition where the page ended', () => {
    expect(placesOf({ ...search, cursor })).toStrictEqual(E.right(places));
    expect(placesOf({ ...search, limit: 1, cursor })).toStrictEqual(E.right(places));
    expect(placesOf(search)).toStrictEqual(E.right(places.map(() => 'start')));
  });

  it('is absent at the end of all partitions', () => {
    expect(
      cursorAt(
        search,
        places.map(() => 'end'),
      ),
    ).toBeUndefined();
  });

  it('does not contain the search value', () => {
    expect(Buffer.from(cursor, 'base64url').toString()).not.toContain('bob');
  });

  it('fits into a URL for the longest ids: API Gateway accepts 10,240 bytes of a request line and its headers', () => {
    const longest = searchPartitions(search).map((owner_key) =>
      marshall({ pk: `LEAD#${'x'.repeat(128)}`, sk: `LEAD#${'\u20ac'.repeat(64)}`, owner_key, updated_at: time }),
    );
    expect(cursorAt(search, longest)?.length).toBeLessThan(5_000);
  });

  it.each([
    ['of another value', { ...search, value: 'eve@example.com', cursor }],
    ['of another index', { ...search, by: 'status', cursor }],
    ['with no moment', { ...search, cursor: placeWith('L-1', 'billing', 'soon') }],
    ['with no namespace', { ...search, cursor: placeWith('L-1', '', time) }],
    ['with no lead', { ...search, cursor: placeWith('a lead', 'billing', time) }],
    ['with too few partitions', { ...search, cursor: edited({ places: ['start'] }) }],
    ['that is not a cursor', { ...search, cursor: 'nonsense' }],
  ] as const)('is refused: one %s', (_what, other) => {
    expect(placesOf(other)).toStrictEqual(E.left({ kind: 'bad-cursor' }));
  });
});
