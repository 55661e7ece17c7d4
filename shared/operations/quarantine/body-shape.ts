import * as E from 'fp-ts/Either';
import { ExactNumber } from '../../codecs/exact-number';
import { parseJson } from '../../codecs/json-text';
import { syntaxOfType } from '../../sources/payloads/parse-body';

/** The most lines of a shape. */
const mostLines = 200;

/**
 * The names and the kinds of the values of a body, without the values: what an operator needs to correct a mapping.
 *
 * @returns a line for each value, such as `contact.emails[0].value: text`; `undefined` if the body is neither JSON nor
 *   a form
 */
export const bodyShape = (contentType: string, body: Uint8Array): readonly string[] | undefined => {
  const text = textIn(body);
  if (text === undefined) return undefined;
  if (syntaxOfType(contentType) === 'form')
    return [...new URLSearchParams(text).keys()].slice(0, mostLines).map((name) => `${name}: text`);
  const json = parseJson(text);
  if (E.isLeft(json)) return undefined;
  const lines = linesOf('', json.right);
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), `… ${lines.length - mostLines} more`];
};

/** The body as text. `undefined` if it is not UTF-8. */
export const textIn = (body: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
};

/** The nesting is limited by `parseJson`. */
const linesOf = (path: string, value: unknown): readonly string[] => {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((one, index) => linesOf(`${path}[${index}]`, one));
  if (typeof value === 'object' && value !== null && !(value instanceof ExactNumber) && !Array.isArray(value)) {
    const fields = Object.entries(value);
    if (fields.length > 0) return fields.flatMap(([name, one]) => linesOf(path === '' ? name : `${path}.${name}`, one));
  }
  return [`${path === '' ? 'the body' : path}: ${kindOf(value)}`];
};

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'empty array';
  if (value instanceof ExactNumber || typeof value === 'number') return 'number';
  if (typeof value === 'string') return value === '' ? 'empty text' : 'text';
  return typeof value === 'boolean' ? 'true or false' : 'empty object';
};
