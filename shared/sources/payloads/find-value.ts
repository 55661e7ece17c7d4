import { evaluate } from './expression';
import { type JsonView, viewOf } from './json-view';
import type { Found } from './read-fields';

/** A longer text is no field of a lead. */
const maxTextLength = 10_000;

/** Evaluates an expression on JSON. `null` means that there is no value. */
export const findValue = (expression: string, json: unknown): Found => search(expression, viewOf(json));

/** Evaluates an expression on a view, which is not to be used again afterwards. */
export const search = (expression: string, { view }: JsonView): Found => {
  try {
    const value = evaluate(expression, view as object);
    if (typeof value === 'string' && value.length > maxTextLength) return { kind: 'failed' };
    return { kind: 'value', value: value ?? undefined };
  } catch {
    return { kind: 'failed' };
  }
};
