import { changesItsArgument, evaluate } from './expression';
import { type JsonView, viewOf } from './json-view';
import type { Found } from './read-fields';

/** A longer text is no field of a lead. */
const maxTextLength = 10_000;

/** Evaluates an expression on JSON. `null` means that there is no value. */
export const findValue = (expression: string, json: unknown): Found => search(expression, viewOf(json));

/**
 * Evaluates expressions on the same JSON. They share a view as long as none of them changes it, because the JSON may have
 * thousands of values.
 */
export const finder = (json: unknown): ((expression: string) => Found) => {
  let shared: JsonView | undefined;
  return (expression) =>
    changesItsArgument(expression) ? findValue(expression, json) : search(expression, (shared ??= viewOf(json)));
};

/** Evaluates an expression on a view, which is not to be used again if the expression changes it. */
export const search = (expression: string, { view }: JsonView): Found => {
  try {
    const value = evaluate(expression, view as object);
    if (typeof value === 'string' && value.length > maxTextLength) return { kind: 'failed' };
    return { kind: 'value', value: value ?? undefined };
  } catch {
    return { kind: 'failed' };
  }
};
