import { JMESPathTypeError, search } from '@aws-lambda-powertools/jmespath';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { expressionWork, functionsIn, joinsByPayload } from './expression-work';

/** The longest expression, in UTF-16 code units. */
const maxLength = 512;

/** At most this many values result from one value of a payload, so that a body of 5,000 values becomes 160,000. */
const maxFactor = 32;

/** At most this many visits to each value of a payload: tokens of the expression, times its factor. */
const maxVisits = 1_000;

/**
 * At most this many calls of functions. A call may take longer than the visit of each value: `reverse` of a long text,
 * for example.
 */
const maxCalls = 16;

/**
 * The functions of the JMESPath specification, without `sort`: the package compares texts by the rules of a language,
 * which takes tens of milliseconds for 5,000 texts. `sort_by(list, &@)` compares their characters. The package has other
 * functions in a part that is not imported.
 */
const functions =
  'abs avg ceil contains ends_with floor join keys length map max max_by merge min min_by not_null reverse ' +
  'sort_by starts_with sum to_array to_number to_string type values';

const knownFunctions = new Set(functions.split(' '));

/**
 * A JMESPath expression (https://jmespath.org/specification.html) whose work is bounded. It is checked when the settings
 * are read, and compiled once per container: the package keeps up to 128 compiled expressions.
 */
export const expression = new t.Type<string, string, unknown>(
  'Expression',
  (value): value is string => typeof value === 'string' && problemOf(value) === undefined,
  (value, context) => {
    const problem = typeof value === 'string' ? problemOf(value) : `a text of 1 to ${maxLength} characters`;
    return problem === undefined ? t.success(value as string) : failure(value, context, problem);
  },
  t.identity,
);

const problemOf = (text: string): string | undefined => {
  if (text.trim() === '' || text.length > maxLength) return `a text of 1 to ${maxLength} characters`;
  const { tokens, factor } = expressionWork(text);
  if (factor > maxFactor || tokens * factor > maxVisits) return 'an expression with fewer lists, commas and to_string';
  const called = functionsIn(text);
  if (called.includes('sort')) return 'an expression with sort_by(…, &@) instead of sort(…)';
  if (called.some((name) => !knownFunctions.has(name))) return 'an expression of functions of JMESPath';
  if (called.length > maxCalls) return `an expression of at most ${maxCalls} calls of functions`;
  if (joinsByPayload(text)) return "an expression whose join has a text as its first argument, as in join(' ', names)";
  return compiles(text) ? undefined : 'a JMESPath expression';
};

/** Evaluates the expression on null. It may expect another type there. Any other error is an error of its text. */
const compiles = (text: string): boolean => {
  try {
    evaluate(text, null);
    return true;
  } catch (error) {
    return error instanceof JMESPathTypeError;
  }
};

/** Whether an expression may call a function that changes its argument: `reverse`, `sort` or `sort_by`. */
export const changesItsArgument = (text: string): boolean => /reverse|sort/.test(text);

/**
 * Evaluates an expression.
 *
 * @param view JSON that the expression may change: `sort` and `reverse` of the package change their argument
 * @throws an Error if the expression fails on this value
 */
export const evaluate = (text: string, view: null | object): unknown =>
  // With a space before it, no expression is the name of a member of `Object`, which the package would find in its cache
  // of compiled expressions.
  search(` ${text}`, view);

/** A failure whose message is `must be: …`. */
const failure = (value: unknown, context: t.Context, problem: string): E.Either<t.Errors, never> => {
  const last = { key: context.at(-1)?.key ?? '', type: t.refinement(t.unknown, () => false, problem), actual: value };
  return E.left([{ value, context: [...context.slice(0, -1), last] }]);
};
