import { nothingFoundText } from '../../../../console/page/format/nothing-found';

test('a search for the name of an owner that finds nothing is right for owners with and without an address', () => {
  const byName =
    'No lead that was enriched has this owner. If the owner has an e-mail address, search by the address: the name does ' +
    'not find it.';
  expect(nothingFoundText({ owner: 'Bob Builder' })).toBe(byName);
  expect(nothingFoundText({ owner: 'Bob Builder', state: 'FAILED' })).toBe(byName);
});

test.each([{ owner: 'bob@team.example' }, { email: 'ana@example.com' }, { id: 'LD-1' }])(
  'a search for %j that finds nothing asks for the whole value',
  (search) => {
    expect(nothingFoundText(search)).toMatch(/^The whole value must be the same/);
  },
);

test.each([{ state: 'FAILED' as const }, { status: 'new' }])('a search for %j names what else to try', (search) => {
  expect(nothingFoundText(search)).toBe('Another state, source or field may find it.');
});
