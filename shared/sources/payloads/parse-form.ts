import * as E from 'fp-ts/Either';
import { maxValues } from '../../codecs/json-scan';
import type { BodyProblem } from './parse-body';

/**
 * Parses a form (WHATWG URL Standard §5.1). A field that is sent several times becomes an array of its values, in their
 * order.
 */
export const parseForm = (text: string): E.Either<BodyProblem, Readonly<Record<string, unknown>>> => {
  if (!isUtf8(text)) return E.left({ kind: 'not-utf8' });
  const values = new Map<string, string[]>();
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    if (count > maxValues) return E.left({ kind: 'too-much', problem: 'too-many-values' });
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return E.right(Object.fromEntries(Array.from(values, ([name, all]) => [name, all.length === 1 ? all[0] : all])));
};

/**
 * Whether the percent-encoded bytes are UTF-8. `URLSearchParams` replaces bytes that are not, so that two texts of a form
 * in another charset could become one.
 */
const isUtf8 = (text: string): boolean =>
  Array.from(text.matchAll(/(?:%[0-9a-f]{2})+/gi)).every(([run]) => {
    try {
      return decodeURIComponent(run) !== '';
    } catch {
      return false;
    }
  });

/** Writes a form that `parseForm` has read. */
export const writeForm = (form: Readonly<Record<string, unknown>>): string =>
  new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
    ),
  ).toString();
