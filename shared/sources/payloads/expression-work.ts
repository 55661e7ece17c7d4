/** How much work an expression can be. */
export type ExpressionWork = Readonly<{
  tokens: number;
  /** At most this many values result from one value of a payload. */
  factor: number;
}>;

/**
 * Bounds the work of a JMESPath expression, whatever it is evaluated on. Each token visits each value at most once,
 * because an expression has no variable and no loop. Only these create more values than they are given:
 *
 * - lists, objects and function calls of several members, such as `[a, b]`, whose members may be the same value;
 * - literals, which are repeated for each element;
 * - `to_string`, because it may double each character of a text;
 * - `join`, which repeats its first argument. Therefore that must be a text of the expression (`joinsByPayload`).
 *
 * A pipe multiplies what its two sides create. Therefore the factor is the product of all of them, which is more than
 * most expressions can reach.
 */
export const expressionWork = (expression: string): ExpressionWork => {
  const open: number[] = [];
  let [tokens, factor] = [0, 1];
  for (const [token] of expression.matchAll(tokenPattern)) {
    tokens += 1;
    if (token === 'to_string') factor *= 2;
    else if (token.startsWith('`')) factor *= token.split(',').length;
    else if (/^[[({]/.test(token)) open.push(1);
    else if (token === ',') open.push((open.pop() ?? 1) + 1);
    else if (/^[\])}]$/.test(token)) factor *= open.pop() ?? 1;
  }
  return { tokens, factor: open.reduce((product, members) => product * members, factor) };
};

/** Names, texts, literals, and single characters. An expression with other tokens is refused by the parser. */
const tokenPattern = /[a-z_]\w*|\d+|'(?:[^'\\]|\\.){0,512}'|"(?:[^"\\]|\\.){0,512}"|`(?:[^`\\]|\\.){0,512}`|\S/gis;

/** The names of the functions that an expression calls. */
export const functionsIn = (expression: string): readonly string[] => {
  const tokens = Array.from(expression.matchAll(tokenPattern), ([token]) => token);
  return tokens.filter((token, index) => /^[a-z_]/i.test(token) && tokens[index + 1] === '(');
};

/** Whether a `join` has a first argument that may come from the payload: its result could have any length. */
export const joinsByPayload = (expression: string): boolean => {
  const tokens = Array.from(expression.matchAll(tokenPattern), ([token]) => token);
  return tokens.some(
    (token, index) =>
      token === 'join' &&
      tokens[index + 1] === '(' &&
      !(/^['`]/.test(tokens[index + 2] ?? '') && tokens[index + 3] === ','),
  );
};
