import * as E from 'fp-ts/Either';
import { exactJsonParser, jsonProblemText } from '../../../shared/codecs/exact-json';
import { jsonObject } from '../../../shared/codecs/json-object';

/** What is wrong with a text that should be a JSON object, or the object. An empty text is an empty object. */
export type ObjectText =
  | Readonly<{ kind: 'object'; object: Readonly<Record<string, unknown>> }>
  | Readonly<{ kind: 'problem'; problem: string }>;

/** The page writes long numbers as they were typed. */
const parse = exactJsonParser(crypto.randomUUID());

/**
 * Reads a JSON object that a user typed. A number that a double cannot represent is an `ExactNumber`. The problem names the
 * place, if the browser does.
 */
export const objectIn = (text: string): ObjectText => {
  if (text.trim() === '') return { kind: 'object', object: {} };
  const problem = jsonProblem(text);
  if (problem !== undefined) return { kind: 'problem', problem };
  const json = parse(text);
  if (E.isLeft(json)) return { kind: 'problem', problem: `This ${jsonProblemText[json.left]}.` };
  return jsonObject.is(json.right)
    ? { kind: 'object', object: json.right }
    : { kind: 'problem', problem: 'This must be a JSON object: {"name": "value"}.' };
};

/** Why a text is no JSON, with the place if the browser names it. `undefined` if it is JSON. */
export const jsonProblem = (text: string): string | undefined => {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : ''}`;
  }
};
