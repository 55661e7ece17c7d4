import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

export type Placeholders = Readonly<{ names: Readonly<Record<string, string>>; values: Item }>;

type Operand = (item: Item, given: Placeholders) => AttributeValue | undefined;
type Condition = (item: Item, given: Placeholders) => boolean;
type Update = (item: Item, given: Placeholders) => Item;

type Parsed<A> = Readonly<{ run: A }>;

/** DynamoDB refuses an expression that does not use what comes with it, or uses what does not come. */
export class InvalidExpression extends Error {}

/** DynamoDB's condition expressions, as far as this project uses them. */
export const condition = (text: string, given: Placeholders): ((item: Item) => boolean) => {
  const parsed = remembered(conditions, text, (parser) => parser.condition());
  return (item) => parsed.run(item, given);
};

/** DynamoDB's update expressions, as far as this project uses them: SET, REMOVE, and ADD and DELETE of sets. */
export const update = (text: string, given: Placeholders): ((item: Item) => Item) => {
  const parsed = remembered(updates, text, (parser) => parser.update());
  return (item) => parsed.run(item, given);
};

/** @throws InvalidExpression if a placeholder is missing, or one too many */
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

const conditions = new Map<string, Parsed<Condition>>();
const updates = new Map<string, Parsed<Update>>();
const placeholders = new Map<string, ReadonlySet<string>>();

const placeholdersIn = (text: string): ReadonlySet<string> => {
  const known = placeholders.get(text);
  if (known !== undefined) return known;
  const found = new Set(text.match(/[#:][A-Za-z0-9_]+/g));
  placeholders.set(text, found);
  return found;
};

const remembered = <A>(memory: Map<string, Parsed<A>>, text: string, parse: (parser: Parser) => A): Parsed<A> => {
  const known = memory.get(text);
  if (known !== undefined) return known;
  const parser = new Parser(text);
  const parsed = { run: parse(parser) };
  parser.end();
  memory.set(text, parsed);
  return parsed;
};

class Parser {
  readonly #tokens: readonly string[];
  #position = 0;

  constructor(readonly text: string) {
    this.#tokens = text.match(/[#:]?[A-Za-z0-9_]+|<>|<=|>=|[()=<>,+\-[\]]/g) ?? [];
  }

  end(): void {
    if (this.#position < this.#tokens.length) this.#fail();
  }

  condition(): Condition {
    const parts = [this.#conjunction()];
    while (this.#take('OR')) parts.push(this.#conjunction());
    return parts.length === 1 ? parts[0]! : (item, given) => parts.some((part) => part(item, given));
  }

  update(): Update {
    const changes: ((before: Item, after: Item, given: Placeholders) => void)[] = [];
    while (this.#position < this.#tokens.length) {
      if (this.#take('SET'))
        do changes.push(this.#assignment());
        while (this.#take(','));
      else if (this.#take('REMOVE'))
        do changes.push(this.#removal());
        while (this.#take(','));
      else if (this.#take('ADD'))
        do changes.push(this.#members((old, named) => [...new Set([...old, ...named])]));
        while (this.#take(','));
      else if (this.#take('DELETE'))
        do changes.push(this.#members((old, named) => old.filter((member) => !named.includes(member))));
        while (this.#take(','));
      else this.#fail();
    }
    return (before, given) => {
      const after = { ...before };
      for (const change of changes) change(before, after, given);
      return after;
    };
  }

  #assignment() {
    const target = this.#path();
    const index = this.#index();
    this.#expect('=');
    const value = this.#operand();
    return (before: Item, after: Item, given: Placeholders): void => {
      const set = value(before, given);
      if (set === undefined) throw new InvalidExpression(`an operand of ${this.text} has no value`);
      after[target(given)] = index === undefined ? set : { L: withElement(before[target(given)]?.L, index, set) };
    };
  }

  /** Sets of text. A set without members does not exist. */
  #members(change: (old: readonly string[], named: readonly string[]) => readonly string[]) {
    const target = this.#path();
    const value = this.#operand();
    return (before: Item, after: Item, given: Placeholders): void => {
      const members = change(before[target(given)]?.SS ?? [], value(before, given)?.SS ?? []);
      if (members.length > 0) after[target(given)] = { SS: [...members] };
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- an item is a record of attributes
      else delete after[target(given)];
    };
  }

  #index(): number | undefined {
    if (!this.#take('[')) return undefined;
    const index = Number(this.#next());
    this.#expect(']');
    return index;
  }

  #removal() {
    const target = this.#path();
    return (_: Item, after: Item, given: Placeholders): void => {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- an item is a record of attributes
      delete after[target(given)];
    };
  }

  #conjunction(): Condition {
    const parts = [this.#negation()];
    while (this.#take('AND')) parts.push(this.#negation());
    return parts.length === 1 ? parts[0]! : (item, given) => parts.every((part) => part(item, given));
  }

  #negation(): Condition {
    if (!this.#take('NOT')) return this.#test();
    const negated = this.#negation();
    return (item, given) => !negated(item, given);
  }

  #test(): Condition {
    if (this.#take('(')) {
      const start = this.#position;
      const inner = this.condition();
      if (this.#closeOf(start) === this.#position - 1) throw new InvalidExpression('redundant parentheses');
      this.#expect(')');
      return inner;
    }
    if (this.#take('attribute_exists')) return this.#existence(true);
    if (this.#take('attribute_not_exists')) return this.#existence(false);
    if (this.#take('begins_with')) return this.#prefix();
    const left = this.#operand();
    if (this.#take('IN')) {
      const options = this.#list(() => this.#operand());
      return (item, given) => {
        const value = left(item, given);
        return options.some((option) => compare(value, option(item, given)) === 0);
      };
    }
    if (this.#take('BETWEEN')) {
      const low = this.#operand();
      this.#expect('AND');
      const high = this.#operand();
      return (item, given) => {
        const value = left(item, given);
        return (compare(value, low(item, given)) ?? -1) >= 0 && (compare(value, high(item, given)) ?? 1) <= 0;
      };
    }
    const holds = comparisons[this.#next()] ?? this.#fail();
    const right = this.#operand();
    return (item, given) => holds(compare(left(item, given), right(item, given)));
  }

  /** Where the parenthesis closes that is opened at a token; nowhere if none is. DynamoDB refuses one right inside another. */
  #closeOf(start: number): number | undefined {
    if (this.#tokens[start] !== '(') return undefined;
    let depth = 0;
    for (let index = start; index < this.#tokens.length; index += 1) {
      if (this.#tokens[index] === '(') depth += 1;
      if (this.#tokens[index] === ')') depth -= 1;
      if (depth === 0) return index;
    }
    return undefined;
  }

  #existence(wanted: boolean): Condition {
    this.#expect('(');
    const path = this.#path();
    this.#expect(')');
    return (item, given) => (item[path(given)] !== undefined) === wanted;
  }

  #prefix(): Condition {
    const [value, prefix] = this.#list(() => this.#operand());
    return (item, given) => (value?.(item, given)?.S ?? '').startsWith(prefix?.(item, given)?.S ?? '\u{10ffff}');
  }

  #operand(): Operand {
    if (this.#take('if_not_exists')) {
      const [present, otherwise] = this.#list(() => this.#operand());
      return (item, given) => present?.(item, given) ?? otherwise?.(item, given);
    }
    if (this.#take('list_append')) {
      const [first, second] = this.#list(() => this.#operand());
      return (item, given) => ({ L: [...(first?.(item, given)?.L ?? []), ...(second?.(item, given)?.L ?? [])] });
    }
    if (this.#take('size')) {
      const [sized] = this.#list(() => this.#operand());
      return (item, given) => sizeOf(sized?.(item, given));
    }
    const token = this.#tokens[this.#position] ?? '';
    if (token.startsWith(':')) {
      this.#position += 1;
      return (_, { values }) => values[token];
    }
    const path = this.#path();
    return (item, given) => item[path(given)];
  }

  #path(): (given: Placeholders) => string {
    const token = this.#next();
    if (!token.startsWith('#')) return () => token;
    return ({ names }) => names[token] ?? '';
  }

  #list<A>(member: () => A): readonly A[] {
    this.#expect('(');
    const members = [member()];
    while (this.#take(',')) members.push(member());
    this.#expect(')');
    return members;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#position] !== token) return false;
    this.#position += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) this.#fail();
  }

  #next(): string {
    const token = this.#tokens[this.#position] ?? this.#fail();
    this.#position += 1;
    return token;
  }

  #fail(): never {
    throw new InvalidExpression(`token ${this.#position} of "${this.text}" is not understood by the simulated table`);
  }
}

/** DynamoDB adds an element at the end where the index is beyond it. */
const withElement = (
  list: readonly AttributeValue[] = [],
  index: number,
  element: AttributeValue,
): AttributeValue[] => {
  const changed = [...list];
  changed[Math.min(index, list.length)] = element;
  return changed;
};

const sizeOf = (value: AttributeValue | undefined): AttributeValue | undefined => {
  const size = value?.L?.length ?? value?.SS?.length ?? value?.S?.length;
  return size === undefined ? undefined : { N: String(size) };
};

/** Undefined where the two can't be compared: every comparison with an absent attribute is false, but for `<>`. */
const compare = (a: AttributeValue | undefined, b: AttributeValue | undefined): number | undefined => {
  if (a?.S !== undefined && b?.S !== undefined) return a.S < b.S ? -1 : a.S > b.S ? 1 : 0;
  if (a?.N !== undefined && b?.N !== undefined) return Number(a.N) - Number(b.N);
  return undefined;
};

const comparisons: Readonly<Record<string, (order: number | undefined) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order !== undefined && order < 0,
  '<=': (order) => order !== undefined && order <= 0,
  '>': (order) => order !== undefined && order > 0,
  '>=': (order) => order !== undefined && order >= 0,
};
