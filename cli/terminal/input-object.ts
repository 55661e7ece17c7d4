import * as E from 'fp-ts/Either';
import { jsonProblemText } from '../../shared/codecs/exact-json';
import { jsonObject } from '../../shared/codecs/json-object';
import { parseJson } from '../../shared/codecs/json-text';
import { Problem } from '../problems/problem';
import { inputBytes, inputName, utf8Text } from './input-text';

/**
 * Reads a JSON object from a file, or from standard input if the name is `-`.
 *
 * @param remedy what to give instead of JSON that is no object: sentences
 * @throws a Problem that names the file if it cannot be read, is not UTF-8, is not JSON, or is no object
 */
export const inputObject = async (file: string, remedy: string): Promise<Record<string, unknown>> =>
  objectIn(file, await inputBytes(file), remedy);

/**
 * The JSON object in the bytes of a file. A byte order mark at its start is ignored. Problems never quote the bytes,
 * because they may hold a secret or personal data.
 *
 * @param file its name; `-` is standard input
 * @param remedy what to give instead of JSON that is no object: sentences
 * @throws a Problem that names the file if the bytes are not UTF-8, not JSON, or no object
 */
export const objectIn = (file: string, bytes: Uint8Array, remedy: string): Record<string, unknown> => {
  const name = inputName(file);
  // The decoder removes a byte order mark.
  const text = utf8Text(name, bytes);
  const json = parseJson(text);
  if (E.isLeft(json)) {
    const problem = json.left === 'not-json' ? `is not JSON${placeOfError(text)}` : jsonProblemText[json.left];
    throw new Problem('usage', `${name} ${problem}.`);
  }
  if (jsonObject.is(json.right)) return json.right;
  throw new Problem('usage', `${name} has JSON that is not an object. ${remedy}`);
};

/** Where `JSON.parse` fails. It does not give the place of each error. Its message may quote the text. */
const placeOfError = (text: string): string => {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (message === 'Unexpected end of JSON input') return ': it ends too early';
    const [, position] = / JSON at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(message) ?? [];
    if (position === undefined) return '';
    // It ends within a string.
    if (Number(position) >= text.length) return ': it ends too early';
    const before = text.slice(0, Number(position)).split('\n');
    return `: error in line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  }
};
