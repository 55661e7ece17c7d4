import { readRows } from '../../../../../shared/operations/rows/read-rows';
import { maxRowLength, type Row, UnreadableFile } from '../../../../../shared/operations/rows/row';

/** Reads a file in chunks of a few bytes, so that characters, quotes and rows are cut everywhere. */
const rowsOf = async (file: string | Uint8Array, chunkBytes = 3): Promise<readonly Row[]> => {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const rows: Row[] = [];
  for await (const row of readRows(chunks())) rows.push(row);
  return rows;
};

const row = (line: number, fields: object): Row => ({ kind: 'row', line, fields: { ...fields } });
const problem = (line: number, text: string): unknown => ({
  kind: 'problem',
  line,
  problem: expect.stringContaining(text) as string,
});

describe('rows of CSV', () => {
  it('have the names of the header, and no empty cells', async () => {
    expect(await rowsOf('\uFEFFlead_id,name\r\n1,"Ann ""A"", Lee"\r\n\r\n2,\r\n3,Zoë')).toStrictEqual([
      row(2, { lead_id: '1', name: 'Ann "A", Lee' }),
      row(4, { lead_id: '2' }),
      row(5, { lead_id: '3', name: 'Zoë' }),
    ]);
  });

  it.each([
    [';', 'lead_id;"last, first"\n1;"Lee, Ann"'],
    ['tab', 'lead_id\t"last, first"\n1\tLee, Ann'],
  ])('may be separated by a %s', async (_name, file) => {
    expect(await rowsOf(file)).toStrictEqual([row(2, { lead_id: '1', 'last, first': 'Lee, Ann' })]);
  });

  it('report a value without a column, and two columns of one name', async () => {
    expect(await rowsOf('a,b\n1,2,3\n4,5')).toStrictEqual([problem(2, 'without a name'), row(3, { a: '4', b: '5' })]);
    await expect(rowsOf('a,b,a\n1,2,3')).rejects.toThrow('two columns a');
  });

  it('are refused at a quotation mark that is never closed', async () => {
    await expect(rowsOf('a,b\n1,2\n3,"4\n5,6')).rejects.toThrow(/line \d has a quotation mark that is never closed/);
    await expect(rowsOf(`a\n"${'x'.repeat(maxRowLength + 10)}`, 65536)).rejects.toThrow('not closed?');
  });
});

describe('rows of JSON', () => {
  const texts = [
    '{"id":1,"text":"a ]},[{\\" b","deep":{"list":[1,[2]]}}',
    '{\n  "id": 12345678901234567890\n}',
  ] as const;

  it('are the elements of an array, wherever the text is cut', async () => {
    const rows = await rowsOf(` [${texts[0]},\n ${texts[1]} ]\n`);
    expect(rows).toMatchObject([
      row(1, { id: 1, text: 'a ]},[{" b', deep: { list: [1, [2]] } }),
      { kind: 'row', line: 2 },
    ]);
    // It is not rounded to 12345678901234567000.
    expect(JSON.stringify(rows[1])).toContain('12345678901234567890');
  });

  it('are lines, and an invalid line does not hide the others', async () => {
    expect(await rowsOf('{"a":1}\n\n{"a":\r\n[1]\n{"a":"é"}')).toStrictEqual([
      row(1, { a: 1 }),
      problem(3, 'must be JSON'),
      problem(4, 'must be a JSON object'),
      row(5, { a: 'é' }),
    ]);
  });

  it('report an element that is no object', async () => {
    expect(await rowsOf('[1,\n"x"]')).toStrictEqual([problem(1, 'JSON object'), problem(2, 'JSON object')]);
    expect(await rowsOf('[]')).toStrictEqual([]);
  });

  it('are refused if the array is cut off, has text behind it, or has an element that is too long', async () => {
    await expect(rowsOf('[{"a":1},\n{"a"')).rejects.toThrow('cut off at line 2');
    await expect(rowsOf('[{"a":1}] x')).rejects.toThrow('line 1 has text after the end');
    await expect(rowsOf(`[{"a":1},\n{"a":"${'x'.repeat(maxRowLength)}"`, 65536)).rejects.toThrow('line 2 begins a row');
  });
});

it('refuses a file that is not UTF-8', async () => {
  await expect(rowsOf(Buffer.from('lead_id,name\n1,Zo\xeb', 'latin1'))).rejects.toBeInstanceOf(UnreadableFile);
});

it('finds no rows in an empty file', async () => {
  expect(await rowsOf(' \n')).toStrictEqual([]);
  expect(await rowsOf('lead_id,name\n')).toStrictEqual([]);
});
