import * as E from 'fp-ts/Either';
import { jsonObject } from '../../codecs/json-object';
import { jsonProblemText } from '../../codecs/exact-json';
import { parseJson } from '../../codecs/json-text';
import { maxRowLength, type Row, UnreadableFile } from './row';

/** A part of a file that should be one JSON object. */
type Part = Readonly<{ line: number; text: string }>;

/** Reads a JSON array of objects, or one JSON object on each line (NDJSON). Each object is parsed by itself. */
export async function* jsonRows(texts: AsyncIterable<string>): AsyncGenerator<Row> {
  for await (const part of partsOf(texts)) yield rowOf(part);
}

const rowOf = ({ line, text }: Part): Row => {
  const json = parseJson(text);
  if (E.isLeft(json)) return { kind: 'problem', line, problem: jsonProblemText[json.left] };
  return jsonObject.is(json.right)
    ? { kind: 'row', line, fields: json.right }
    : { kind: 'problem', line, problem: 'must be a JSON object' };
};

/** Splits the text into the elements of an array, or into lines. */
async function* partsOf(texts: AsyncIterable<string>): AsyncGenerator<Part> {
  let splitter: ReturnType<typeof elementSplitter> | undefined;
  for await (const text of texts) {
    splitter ??= text.trimStart().startsWith('[') ? elementSplitter() : lineSplitter();
    yield* splitter.add(text);
    if (splitter.waitingLength() > maxRowLength) {
      throw new UnreadableFile(`line ${splitter.line()} begins a row of more than ${maxRowLength} characters`);
    }
  }
  yield* splitter?.end() ?? [];
}

const lineSplitter = () => {
  let line = 1;
  let waiting = '';
  const part = (text: string): readonly Part[] => (text.trim() === '' ? [] : [{ line, text }]);
  return {
    line: () => line,
    waitingLength: () => waiting.length,
    add: function* (text: string): Generator<Part> {
      const lines = (waiting + text).split('\n');
      waiting = lines.pop() ?? '';
      for (const one of lines) {
        yield* part(one);
        line += 1;
      }
    },
    end: () => part(waiting),
  };
};

/** Splits an array into the texts of its elements. Whether they are JSON is decided afterwards. */
const elementSplitter = () => {
  let line = 1;
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  let hasEnded = false;
  let element = '';
  let elementLine = 1;
  const taken = (): readonly Part[] => {
    const part = { line: elementLine, text: element };
    element = '';
    return part.text === '' ? [] : [part];
  };
  return {
    line: () => elementLine,
    waitingLength: () => element.length,
    add: function* (text: string): Generator<Part> {
      for (const character of text) {
        if (character === '\n') line += 1;
        if (depth === 0) {
          if (character === '[' && !hasEnded) depth = 1;
          else if (character.trim() !== '')
            throw new UnreadableFile(`line ${line} has text after the end of the array`);
          continue;
        }
        if (isText) {
          if (isEscaped) isEscaped = false;
          else if (character === '\\') isEscaped = true;
          else if (character === '"') isText = false;
        } else if (character === '"') isText = true;
        else if (character === '{' || character === '[') depth += 1;
        else if (character === '}' || character === ']') depth -= 1;
        if (depth === 0) hasEnded = true;
        if (!isText && (depth === 0 || (depth === 1 && character === ','))) {
          yield* taken();
          continue;
        }
        if (element === '' && character.trim() === '') continue;
        if (element === '') elementLine = line;
        element += character;
      }
    },
    end: (): readonly Part[] => {
      if (!hasEnded) throw new UnreadableFile(`the array does not end: the file is cut off at line ${line}`);
      return [];
    },
  };
};
