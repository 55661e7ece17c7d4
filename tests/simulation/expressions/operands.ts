import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Tokens } from './tokens';
import { sizeOf } from './values';

export type Item = Record<string, AttributeValue>;

export type Placeholders = Readonly<{ names: Readonly<Record<string, string>>; values: Item }>;

export type Operand = (item: Item, given: Placeholders) => AttributeValue | undefined;

/** The name of an attribute, which may be a placeholder. */
export const parsePath = (tokens: Tokens): ((given: Placeholders) => string) => {
  const token = tokens.next();
  if (!token.startsWith('#')) return () => token;
  return ({ names }) => names[token] ?? '';
};

export const parseOperand = (tokens: Tokens): Operand => {
  const operands = () => tokens.list(() => parseOperand(tokens));
  if (tokens.take('if_not_exists')) {
    const [present, otherwise] = operands();
    return (item, given) => present?.(item, given) ?? otherwise?.(item, given);
  }
  if (tokens.take('list_append')) {
    const [first, second] = operands();
    return (item, given) => ({ L: [...(first?.(item, given)?.L ?? []), ...(second?.(item, given)?.L ?? [])] });
  }
  if (tokens.take('size')) {
    const [sized] = operands();
    return (item, given) => sizeOf(sized?.(item, given));
  }
  if (tokens.current.startsWith(':')) {
    const token = tokens.next();
    return (_, { values }) => values[token];
  }
  const path = parsePath(tokens);
  return (item, given) => item[path(given)];
};
