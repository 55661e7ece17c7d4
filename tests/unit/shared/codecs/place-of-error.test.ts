import { placeOfError } from '../../../../shared/codecs/place-of-error';

const here = /^at .*place-of-error\.test\.ts:\d+:\d+/;

test.each(['', 'e', 'at', 'bad lead ann@example.com\n    at ann@example.com (lead.ts:1:2)'])(
  'the place of an error is in the code, whatever its message is: %j',
  (message) => expect(placeOfError(new Error(message))).toMatch(here),
);

test('an error whose message was changed later, or that has no stack, has its place, or none', () => {
  const changed = new Error('before');
  changed.message = 'after';
  expect(placeOfError(changed)).toMatch(here);
  expect(placeOfError(Object.assign(new Error('e'), { stack: undefined }))).toBe('');
});
