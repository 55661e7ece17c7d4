/** DynamoDB refuses an expression whose placeholders are not used or not defined, and a syntax error. */
export class InvalidExpression extends Error {}

/** The tokens of an expression, from left to right. */
export class Tokens {
  readonly #tokens: readonly string[];
  #position = 0;

  constructor(readonly text: string) {
    this.#tokens = text.match(/[#:]?[A-Za-z0-9_]+|<>|<=|>=|[()=<>,+\-[\]]/g) ?? [];
  }

  get position(): number {
    return this.#position;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#tokens.length;
  }

  get current(): string {
    return this.#tokens[this.#position] ?? '';
  }

  /** Consumes the current token if it is this one. */
  take(token: string): boolean {
    if (this.#tokens[this.#position] !== token) return false;
    this.#position += 1;
    return true;
  }

  /** @throws InvalidExpression if the current token is another one */
  expect(token: string): void {
    if (!this.take(token)) this.fail();
  }

  next(): string {
    const token = this.#tokens[this.#position] ?? this.fail();
    this.#position += 1;
    return token;
  }

  /** Members in parentheses, with commas between them. */
  list<A>(member: () => A): readonly A[] {
    this.expect('(');
    const members = [member()];
    while (this.take(',')) members.push(member());
    this.expect(')');
    return members;
  }

  /** Position of the token that closes the parenthesis at `start`, or `undefined` if no parenthesis is there. */
  closeOf(start: number): number | undefined {
    if (this.#tokens[start] !== '(') return undefined;
    let depth = 0;
    for (let index = start; index < this.#tokens.length; index += 1) {
      if (this.#tokens[index] === '(') depth += 1;
      if (this.#tokens[index] === ')') depth -= 1;
      if (depth === 0) return index;
    }
    return undefined;
  }

  fail(): never {
    throw new InvalidExpression(`the simulated table does not support token ${this.#position} of "${this.text}"`);
  }
}
