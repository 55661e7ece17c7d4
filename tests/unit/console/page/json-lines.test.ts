import fc from 'fast-check';
import { jsonLines } from '../../../../console/page/format/json-lines';
import { linesOfText } from '../../../../console/page/format/json-text';
import { visible, visibleLines } from '../../../../console/page/format/visible';

const textOf = (value: unknown): string =>
  jsonLines(value)
    .map(({ depth, pieces }) => '  '.repeat(depth) + pieces.map(({ text }) => text).join(''))
    .join('\n');

test('the lines of a document are those that JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // JSON.stringify keeps the order of the fields, and so must the lines.
      expect(textOf(value)).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test('all lines of a marked field are marked, and no others', () => {
  const marked = jsonLines({ lead: { owner: 1 }, owner: { team: 'Inbound' }, source: 'x' }, ['owner'])
    .filter(({ isMarked }) => isMarked)
    .map(({ pieces }) => pieces.map(({ text }) => text).join(''));
  expect(marked).toEqual(['"owner": {', '"team": "Inbound"', '},']);
});

test('characters that a browser acts on are shown as code points', () => {
  expect(visible('a\u202eb\u0000\nc')).toBe('a⟨U+202E⟩b⟨U+0000⟩⟨U+000A⟩c');
  expect(visibleLines('a\u202e\nb')).toBe('a⟨U+202E⟩\nb');
});

test('a line whose text has no end keeps its values and all its characters', () => {
  const [line] = linesOfText('{"a" : "b", "c\\" 12');
  expect(line?.pieces.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    ...['sign {', 'name "a"', 'sign  :', 'sign  ', 'text "b"', 'sign , "c\\" ', 'value 12'],
  ]);
});
