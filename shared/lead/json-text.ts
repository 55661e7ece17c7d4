import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';

/**
 * A string that never ends matches too, and is left to `JSON.parse` to refuse: to try it again from each quotation mark in
 * it would take half a minute for a body of 256 KB, from anybody.
 */
const stringOrNumber = /"(?:[^"\\]|\\.)*"?|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Depth that no lead needs; canonical JSON is made by recursion, and must not run out of stack on a hostile body. */
const maxDepth = 64;

/**
 * Parses JSON without losing digits: a number that a double can't hold (a 64-bit id, say) becomes text of the same digits.
 * Two leads that differ only there would else be taken for one (RFC 7493 §2.2 warns of such numbers).
 */
export const parseJson = (text: string): E.Either<'not-json' | 'too-deep', unknown> =>
  pipe(
    E.tryCatch(
      (): unknown =>
        JSON.parse(
          text.replace(stringOrNumber, (token, offset: number) =>
            isExact(token) || isKey(text, offset + token.length) ? token : `"${token}"`,
          ),
        ),
      () => 'not-json' as const,
    ),
    E.filterOrElseW(isShallow, () => 'too-deep' as const),
  );

/** A number where a key should stand is no JSON, and must not become some. */
const isKey = (text: string, end: number): boolean => {
  const colon = /[ \t\n\r]*:/y;
  colon.lastIndex = end;
  return colon.test(text);
};

/** Whether reading a number and writing it again gives the same digits: no two such numbers are then taken for one. */
const isExact = (token: string): boolean => {
  if (token.startsWith('"') || token === '-0') return true;
  const value = Number(token);
  return Number.isFinite(value) && (!/^-?\d+$/.test(token) || BigInt(token) === writtenAsInteger(value));
};

/** From 10^21 on, JavaScript writes an exponent instead of all the digits. */
const writtenAsInteger = (value: number): bigint => BigInt(Math.abs(value) < 1e21 ? String(value) : value);

const isShallow = (json: unknown): boolean => {
  let level: readonly unknown[] = [json];
  for (let depth = 0; depth <= maxDepth; depth += 1) {
    if (level.length === 0) return true;
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return level.length === 0;
};
