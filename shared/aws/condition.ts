type Value = string | number;

/**
 * A condition expression of DynamoDB, with the values of its placeholders. The placeholder `#name` means the attribute
 * `name` (see `attributeNames`).
 */
export type Condition = Readonly<{
  text: string;
  values: Readonly<Record<string, Value>>;
  /** What joins the parts of the condition; absent if it has one part. */
  joint?: 'AND' | 'OR';
}>;

/** One comparison, or one call of a function. */
export const clause = (text: string, values: Condition['values'] = {}): Condition => ({ text, values });

/** All conditions hold. */
export const allOf = (...conditions: readonly [Condition, ...Condition[]]): Condition => join('AND', conditions);

/** At least one condition holds. */
export const anyOf = (...conditions: readonly [Condition, ...Condition[]]): Condition => join('OR', conditions);

/** Only a part that is itself joined by the other word gets parentheses: DynamoDB refuses redundant ones. */
const join = (joint: 'AND' | 'OR', conditions: readonly [Condition, ...Condition[]]): Condition => {
  const [first, ...others] = conditions;
  if (others.length === 0) return first;
  const part = (condition: Condition): string =>
    condition.joint === undefined || condition.joint === joint ? condition.text : `(${condition.text})`;
  return {
    joint,
    text: conditions.map(part).join(` ${joint} `),
    values: conditions.reduce((all, { values }) => merged(all, values), {}),
  };
};

/** @throws an Error if two parts use one placeholder for two values: one would be compared with the wrong one */
const merged = (all: Condition['values'], values: Condition['values']): Condition['values'] => {
  const clash = Object.keys(values).find((name) => Object.hasOwn(all, name) && all[name] !== values[name]);
  if (clash !== undefined) throw new Error(`Two clauses use ${clash} for different values. Rename one of them.`);
  return { ...all, ...values };
};

/** `ExpressionAttributeNames` of expressions whose placeholders are the names of attributes after a `#`. */
export const attributeNames = (...expressions: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    (expressions.join(' ').match(/#\w+/g) ?? []).map((placeholder) => [placeholder, placeholder.slice(1)]),
  );
