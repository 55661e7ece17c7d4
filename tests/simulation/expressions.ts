import { type Condition, parseCondition } from './expressions/conditions';
import type { Item, Placeholders } from './expressions/operands';
import { InvalidExpression, Tokens } from './expressions/tokens';
import { parseUpdate, type Update } from './expressions/updates';

export type { Item, Placeholders } from './expressions/operands';

/** DynamoDB's condition expressions, as far as this project uses them. */
export const condition = (text: string, given: Placeholders): ((item: Item) => boolean) => {
  const parsed = remembered(conditions, text, parseCondition);
  return (item) => parsed(item, given);
};

/** DynamoDB's update expressions, as far as this project uses them. */
export const update = (text: string, given: Placeholders): ((item: Item) => Item) => {
  const parsed = remembered(updates, text, parseUpdate);
  return (item) => parsed(item, given);
};

/** @throws InvalidExpression if the texts do not use a given placeholder, or use one that is not given */
export const checkPlaceholders = (given: Placeholders, ...texts: readonly (string | undefined)[]): void => {
  const used = placeholdersIn(texts.join(' '));
  let present = 0;
  for (const set of [given.names, given.values]) {
    for (const name of Object.keys(set)) {
      if (!used.has(name)) throw new InvalidExpression(`placeholder ${name} is not used`);
      present += 1;
    }
  }
  if (present < used.size) throw new InvalidExpression(`placeholders are undefined: ${[...used].join(', ')}`);
};

// The deployed code sends the same few expressions in every story, so that parsing each of them once saves time.
const conditions = new Map<string, Condition>();
const updates = new Map<string, Update>();
const placeholders = new Map<string, ReadonlySet<string>>();

const placeholdersIn = (text: string): ReadonlySet<string> => {
  const known = placeholders.get(text);
  if (known !== undefined) return known;
  const found = new Set(text.match(/[#:][A-Za-z0-9_]+/g));
  placeholders.set(text, found);
  return found;
};

const remembered = <A>(memory: Map<string, A>, text: string, parse: (tokens: Tokens) => A): A => {
  const known = memory.get(text);
  if (known !== undefined) return known;
  const tokens = new Tokens(text);
  const parsed = parse(tokens);
  if (!tokens.isAtEnd) tokens.fail();
  memory.set(text, parsed);
  return parsed;
};
