import fc from 'fast-check';
import { oneOf, parseSearch, pick, stringifySearch } from '../../../../console/page/app/search-params';

test('an id that looks like a number or like JSON stays the text that it is', () => {
  for (const id of ['123', 'true', '"quoted"', '{"a":1}', '../x', 'a&b=c', 'ä%20'])
    expect(parseSearch(stringifySearch({ id }))).toEqual({ id });
});

test('each text survives in an address', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
      expect(parseSearch(stringifySearch({ id }))).toEqual({ id });
    }),
  );
});

test('what is absent or empty is not in the address, and what a page does not know is not read', () => {
  expect(stringifySearch({ id: '', state: undefined })).toBe('');
  expect(pick({ state: 'FAILED', source: '', other: 'x' }, ['state', 'source'])).toEqual({ state: 'FAILED' });
  expect(oneOf('GONE', ['FAILED'])).toBeUndefined();
});
