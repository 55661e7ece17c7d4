import { type Item, parseOperand, parsePath, type Placeholders } from './operands';
import { InvalidExpression, type Tokens } from './tokens';
import { withElement } from './values';

/** Changes `after`. `before` is the item as it was before the whole update. */
type Change = (before: Item, after: Item, given: Placeholders) => void;

export type Update = (item: Item, given: Placeholders) => Item;

/** The clauses SET and REMOVE, and ADD and DELETE of string sets. */
export const parseUpdate = (tokens: Tokens): Update => {
  const changes: Change[] = [];
  while (!tokens.isAtEnd) {
    const parse = clauses[tokens.next()] ?? tokens.fail();
    do changes.push(parse(tokens));
    while (tokens.take(','));
  }
  return (before, given) => {
    const after = { ...before };
    for (const change of changes) change(before, after, given);
    return after;
  };
};

const parseAssignment = (tokens: Tokens): Change => {
  const target = parsePath(tokens);
  const index = parseIndex(tokens);
  tokens.expect('=');
  const value = parseOperand(tokens);
  return (before, after, given) => {
    const set = value(before, given);
    if (set === undefined) throw new InvalidExpression(`an operand of ${tokens.text} has no value`);
    after[target(given)] = index === undefined ? set : { L: withElement(before[target(given)]?.L, index, set) };
  };
};

const parseIndex = (tokens: Tokens): number | undefined => {
  if (!tokens.take('[')) return undefined;
  const index = Number(tokens.next());
  tokens.expect(']');
  return index;
};

const parseRemoval = (tokens: Tokens): Change => {
  const target = parsePath(tokens);
  return (_, after, given) => {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- an item is a record of attributes
    delete after[target(given)];
  };
};

/** DynamoDB removes a set that has no members. */
const parseMembers =
  (change: (old: readonly string[], named: readonly string[]) => readonly string[]) =>
  (tokens: Tokens): Change => {
    const target = parsePath(tokens);
    const value = parseOperand(tokens);
    return (before, after, given) => {
      const members = change(before[target(given)]?.SS ?? [], value(before, given)?.SS ?? []);
      if (members.length > 0) after[target(given)] = { SS: [...members] };
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- an item is a record of attributes
      else delete after[target(given)];
    };
  };

const clauses: Readonly<Record<string, (tokens: Tokens) => Change>> = {
  SET: parseAssignment,
  REMOVE: parseRemoval,
  ADD: parseMembers((old, named) => [...new Set([...old, ...named])]),
  DELETE: parseMembers((old, named) => old.filter((member) => !named.includes(member))),
};
