import { csvRows } from './csv-rows';
import { jsonRows } from './json-rows';
import { type Row, UnreadableFile } from './row';

/**
 * Reads rows from a file as it arrives, so that a large file does not have to fit into memory: CSV with a header, a JSON
 * array of objects, or one JSON object on each line (NDJSON). The first character decides: `[` and `{` begin JSON.
 *
 * @throws an UnreadableFile if the bytes are not UTF-8, or the end of a row cannot be found
 */
export async function* readRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  const texts = textsOf(chunks);
  let start = '';
  for (;;) {
    const next = await texts.next();
    if (next.done === true) break;
    start += next.value;
    if (start.trim() !== '') break;
  }
  const all = startingWith(start, texts);
  yield* /^\s*[[{]/.test(start) ? jsonRows(all) : csvRows(all);
}

async function* startingWith(start: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield start;
  yield* rest;
}

/** The text of bytes, without a byte order mark. */
async function* textsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decoded = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw new UnreadableFile('it is not UTF-8. In a spreadsheet, save it as "CSV UTF-8"');
    }
  };
  for await (const chunk of chunks) yield decoded(chunk);
  yield decoded();
}
