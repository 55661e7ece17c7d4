import { CsvError, parse } from 'csv-parse';
import { pipeline, Readable } from 'node:stream';
import { isBlank, trimInvisible } from '../../codecs/visible-text';
import { maxRowLength, type Row, UnreadableFile } from './row';

type Parsed = Readonly<{ record: readonly string[]; info: Readonly<{ lines: number }> }>;

/**
 * Reads CSV (RFC 4180) with a header. The delimiter is the comma, the semicolon or the tab, whichever the header has
 * most of. A cell without visible text counts as absent. The name of a column is the name of a field: a dot in it has no
 * meaning.
 */
export async function* csvRows(texts: AsyncIterable<string>): AsyncGenerator<Row> {
  const { header: start, all } = await withHeader(texts);
  const parser = parse({
    delimiter: delimiterOf(start),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRowLength,
  });
  // An error of the file ends the parser, and so the loop below.
  pipeline(Readable.from(all), parser, () => undefined);
  let names: readonly string[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (names === undefined) names = namesIn(record);
      else yield rowOf(names, record, info.lines);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const problem = csvProblems[error.code] ?? `is not CSV (${error.code})`;
    throw new UnreadableFile(`line ${String(error.lines)} ${problem}`);
  }
}

const csvProblems: Readonly<Partial<Record<string, string>>> = {
  CSV_QUOTE_NOT_CLOSED: 'has a quotation mark that is never closed',
  CSV_INVALID_CLOSING_QUOTE:
    'has text after a closing quotation mark. Write a quotation mark inside of quotation marks twice',
  INVALID_OPENING_QUOTE: 'has a quotation mark inside of a value without quotation marks',
  CSV_MAX_RECORD_SIZE: `has a row of more than ${maxRowLength} characters. Is a quotation mark not closed?`,
};

/** Reads the text up to the end of the first line. */
const withHeader = async (
  texts: AsyncIterable<string>,
): Promise<Readonly<{ header: string; all: AsyncIterable<string> }>> => {
  const iterator = texts[Symbol.asyncIterator]();
  let start = '';
  while (!/[\r\n]/.test(start.trimStart()) && start.length < maxRowLength) {
    const next = await iterator.next();
    if (next.done === true) break;
    start += next.value;
  }
  return {
    header: start.trimStart().split(/[\r\n]/, 1)[0] ?? '',
    all: restOf(start, iterator),
  };
};

async function* restOf(start: string, iterator: AsyncIterator<string>): AsyncGenerator<string> {
  yield start;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
}

const delimiterOf = (header: string): string => {
  const outsideOfQuotes = header.replace(/"[^"]*"/g, '');
  const countOf = (delimiter: string): number => outsideOfQuotes.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (countOf(one) > countOf(best) ? one : best));
};

const namesIn = (record: readonly string[]): readonly string[] => {
  const names = record.map(trimInvisible);
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined) throw new UnreadableFile(`the header names two columns ${twice}`);
  return names;
};

const rowOf = (names: readonly string[], record: readonly string[], line: number): Row => {
  if (record.length > names.length || names.some((name, index) => name === '' && !isBlank(record[index] ?? '')))
    return { kind: 'problem', line, problem: 'has a value in a column without a name' };
  const fields = names.flatMap((name, index) => {
    const cell = record[index] ?? '';
    return name === '' || isBlank(cell) ? [] : [[name, cell] as const];
  });
  return { kind: 'row', line, fields: Object.fromEntries(fields) };
};
