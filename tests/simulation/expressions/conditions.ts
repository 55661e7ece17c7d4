import { type Item, type Operand, parseOperand, parsePath, type Placeholders } from './operands';
import { InvalidExpression, type Tokens } from './tokens';
import { compare, comparisons } from './values';

export type Condition = (item: Item, given: Placeholders) => boolean;

export const parseCondition = (tokens: Tokens): Condition => {
  const parts = [parseConjunction(tokens)];
  while (tokens.take('OR')) parts.push(parseConjunction(tokens));
  return parts.length === 1 ? parts[0]! : (item, given) => parts.some((part) => part(item, given));
};

const parseConjunction = (tokens: Tokens): Condition => {
  const parts = [parseNegation(tokens)];
  while (tokens.take('AND')) parts.push(parseNegation(tokens));
  return parts.length === 1 ? parts[0]! : (item, given) => parts.every((part) => part(item, given));
};

const parseNegation = (tokens: Tokens): Condition => {
  if (!tokens.take('NOT')) return parseTest(tokens);
  const negated = parseNegation(tokens);
  return (item, given) => !negated(item, given);
};

const parseTest = (tokens: Tokens): Condition => {
  if (tokens.take('(')) return parseGroup(tokens);
  if (tokens.take('attribute_exists')) return parseExistence(tokens, true);
  if (tokens.take('attribute_not_exists')) return parseExistence(tokens, false);
  if (tokens.take('begins_with')) return parsePrefix(tokens);
  const left = parseOperand(tokens);
  if (tokens.take('IN')) return parseMembership(tokens, left);
  if (tokens.take('BETWEEN')) return parseRange(tokens, left);
  const holds = comparisons[tokens.next()] ?? tokens.fail();
  const right = parseOperand(tokens);
  return (item, given) => holds(compare(left(item, given), right(item, given)));
};

/** DynamoDB refuses parentheses that directly enclose other parentheses. */
const parseGroup = (tokens: Tokens): Condition => {
  const start = tokens.position;
  const inner = parseCondition(tokens);
  if (tokens.closeOf(start) === tokens.position - 1) throw new InvalidExpression('redundant parentheses');
  tokens.expect(')');
  return inner;
};

const parseExistence = (tokens: Tokens, wanted: boolean): Condition => {
  tokens.expect('(');
  const path = parsePath(tokens);
  tokens.expect(')');
  return (item, given) => (item[path(given)] !== undefined) === wanted;
};

const parsePrefix = (tokens: Tokens): Condition => {
  const [value, prefix] = tokens.list(() => parseOperand(tokens));
  return (item, given) => (value?.(item, given)?.S ?? '').startsWith(prefix?.(item, given)?.S ?? '\u{10ffff}');
};

const parseMembership = (tokens: Tokens, left: Operand): Condition => {
  const options = tokens.list(() => parseOperand(tokens));
  return (item, given) => {
    const value = left(item, given);
    return options.some((option) => compare(value, option(item, given)) === 0);
  };
};

const parseRange = (tokens: Tokens, left: Operand): Condition => {
  const low = parseOperand(tokens);
  tokens.expect('AND');
  const high = parseOperand(tokens);
  return (item, given) => {
    const value = left(item, given);
    return (compare(value, low(item, given)) ?? -1) >= 0 && (compare(value, high(item, given)) ?? 1) <= 0;
  };
};
