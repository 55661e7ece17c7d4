import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { cursorAfter, startKey } from '../../../../shared/aws/page-cursor';
import type { LeadSearch } from '../../../../shared/ports/lead-search';

const search: LeadSearch = { by: 'owner', value: 'bob@example.com', limit: 25 };
const key = marshall({
  pk: 'LEAD#L-1',
  sk: 'LEAD#billing',
  owner_key: 'bob@example.com',
  updated_at: '2026-01-31T12:00:00.000Z',
});
const cursor = cursorAfter(search, key);
const edited = (change: object): string =>
  Buffer.from(
    JSON.stringify({ ...(JSON.parse(Buffer.from(cursor, 'base64url').toString()) as object), ...change }),
  ).toString('base64url');

describe('the cursor of a page', () => {
  it('continues where the page ended', () => {
    expect(startKey({ ...search, cursor })).toStrictEqual(E.right(key));
    expect(startKey({ ...search, limit: 1, cursor })).toStrictEqual(E.right(key));
    expect(startKey(search)).toStrictEqual(E.right(undefined));
  });

  it('does not contain the search value', () => {
    expect(Buffer.from(cursor, 'base64url').toString()).not.toContain('bob');
  });

  it.each([
    ['of another value', { ...search, value: 'eve@example.com', cursor }],
    ['of another index', { ...search, by: 'email', cursor }],
    ['with no moment', { ...search, cursor: edited({ updated_at: 'soon' }) }],
    ['with no namespace', { ...search, cursor: edited({ namespace: '' }) }],
    ['with no lead', { ...search, cursor: edited({ lead_id: 'a lead' }) }],
    ['that is not a cursor', { ...search, cursor: 'nonsense' }],
  ] as const)('is refused: one %s', (_what, other) => {
    expect(startKey(other)).toStrictEqual(E.left({ kind: 'bad-cursor' }));
  });
});
