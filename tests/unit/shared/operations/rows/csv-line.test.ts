import fc from 'fast-check';
import { csvLine } from '../../../../../shared/operations/rows/csv-line';

/** Splits a text as a spreadsheet does: a cell is quoted only if it begins with a quotation mark. */
const split = (text: string, separator: string): readonly string[] => {
  const cells: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    let cell = '';
    if (text.charAt(at) === '"')
      for (at += 1; at < text.length; at += 1) {
        if (text.charAt(at) !== '"') cell += text.charAt(at);
        else if (text.charAt(at + 1) === '"') cell += text.charAt((at += 1));
        else {
          at += 1;
          break;
        }
      }
    for (; at < text.length && ![separator, '\r', '\n'].includes(text.charAt(at)); at += 1) cell += text.charAt(at);
    cells.push(cell);
    if (text.startsWith('\r\n', at)) at += 1;
  }
  return cells;
};

/** White space before a formula is left out by some spreadsheets. */
const formula = /^\s*[=+\-@＝＋－＠]/;

const texts = fc.string({
  unit: fc.constantFrom(...Array.from('=+-@＝＋－＠;,"\' ax\t\r\n')),
  maxLength: 8,
});

test('no cell is a formula, whichever separator a spreadsheet uses', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(texts, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(',', ';', '\t'),
      (lines, separator) => {
        expect(split(lines.map(csvLine).join(''), separator).filter((cell) => formula.test(cell))).toStrictEqual([]);
      },
    ),
    { numRuns: 20_000 },
  );
});

test('each cell has its text, with more apostrophes, and with spaces for control characters', () => {
  const bare = (text: string): string => text.replaceAll("'", '').replace(/[\t\r\n]/g, ' ');
  fc.assert(
    fc.property(fc.array(texts, { minLength: 2, maxLength: 4 }), (cells) => {
      expect(split(csvLine(cells), ',').map(bare)).toStrictEqual(cells.map(bare));
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ['Zoë O\'Neil, "Z"', '"Zoë O\'Neil, ""Z"""'],
  ['a-b@c.example; d', 'a-b@c.example; d'],
  ['=1+1', "'=1+1"],
  ['＝1', "'＝1"],
  ['x;=1', "x;'=1"],
  ['x\n=1', 'x =1'],
])('%j is the cell %j', (text, cell) => {
  expect(csvLine([text, null])).toBe(`${cell},\r\n`);
});
