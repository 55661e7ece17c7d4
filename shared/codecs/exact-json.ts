import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { ExactNumber, numberOf } from './exact-number';
import { maxDepth, maxNumberLength, maxValues, type NumberPlace, scanJson, type TooMuch } from './json-scan';

/** Why a text is refused as JSON. */
export type JsonProblem = 'not-json' | TooMuch;

export const jsonProblemText: Readonly<Record<JsonProblem, string>> = {
  'not-json': 'must be JSON',
  'too-deep': `must not be nested deeper than ${maxDepth} levels`,
  'too-many-values': `must not hold more than ${maxValues} values, counting members of objects and elements of arrays`,
  'long-number': `must not hold a number of more than ${maxNumberLength} characters`,
};

/**
 * Makes a function that parses JSON without rounding numbers: a number that a double cannot represent exactly becomes an
 * `ExactNumber`. If it were rounded, two events that differ only in that number would become one (RFC 7493 §2.2 warns of
 * such numbers). A text that would take long to parse is refused before it is parsed.
 *
 * @param secretPrefix starts the placeholders of numbers. It must be secret for all who write a text that is parsed
 */
export const exactJsonParser =
  (secretPrefix: string) =>
  (text: string): E.Either<JsonProblem, unknown> =>
    pipe(
      scanJson(text),
      E.flatMap((places) => parseExactly(text, places, secretPrefix)),
    );

const parseExactly = (
  text: string,
  places: readonly NumberPlace[],
  secretPrefix: string,
): E.Either<JsonProblem, unknown> => {
  const numbers = new Map<string, ExactNumber>();
  return pipe(
    E.tryCatch(
      (): unknown => JSON.parse(withPlaceholders(text, places, secretPrefix, numbers)),
      () => 'not-json' as const,
    ),
    E.map((json) => (numbers.size === 0 ? json : restored(json, numbers))),
  );
};

const withPlaceholders = (
  text: string,
  places: readonly NumberPlace[],
  secretPrefix: string,
  numbers: Map<string, ExactNumber>,
): string => {
  let written = '';
  let copied = 0;
  for (const { start, end } of places) {
    const number = isKey(text, end) ? undefined : numberOf(text.slice(start, end));
    if (!(number instanceof ExactNumber)) continue;
    const placeholder = `${secretPrefix}${numbers.size}`;
    numbers.set(placeholder, number);
    written += `${text.slice(copied, start)}"${placeholder}"`;
    copied = end;
  }
  return written + text.slice(copied);
};

/** A number in place of a key is not JSON. As a placeholder, which is a string, it would become JSON. */
const isKey = (text: string, end: number): boolean => {
  const colon = /[ \t\n\r]*:/y;
  colon.lastIndex = end;
  return colon.test(text);
};

const restored = (json: unknown, numbers: ReadonlyMap<string, ExactNumber>): unknown => {
  if (typeof json === 'string') return numbers.get(json) ?? json;
  if (Array.isArray(json)) return json.map((value) => restored(value, numbers));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, restored(value, numbers)]));
};
