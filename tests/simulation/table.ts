import {
  type BatchGetItemCommandInput,
  type BatchGetItemCommandOutput,
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  type PutItemCommandInput,
  type PutItemCommandOutput,
  type QueryCommandInput,
  type QueryCommandOutput,
  type ScanCommandInput,
  type ScanCommandOutput,
  type UpdateItemCommandInput,
  type UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { checkPlaceholders, condition, type Item, type Placeholders, update } from './expressions';

type Answered<Output> = Omit<Output, '$metadata'>;

/** The change of a write. `before` is absent if there was no item. */
export type Change = Readonly<{ before: Item | undefined; after: Item }>;

const indexKeys: Readonly<Record<string, readonly [string, string]>> = {
  'leads-by-email': ['email_key', 'updated_at'],
  'leads-by-owner': ['owner_key', 'updated_at'],
  'leads-by-status': ['status_key', 'updated_at'],
  'events-pending': ['pending', 'pending_since'],
};

/**
 * The DynamoDB table of template.yaml in memory, with conditional writes, and queries of the table and its sparse
 * indexes.
 */
export class Table {
  readonly #items = new Map<string, Item>();
  /** The last change of each item. An index may not have it yet. */
  readonly #changed = new Map<string, Readonly<{ at: number; before: Item | undefined }>>();

  constructor(
    readonly around: Readonly<{ now: () => number; indexLagMs: () => number; onChange: (change: Change) => void }>,
  ) {}

  get items(): IterableIterator<Item> {
    return this.#items.values();
  }

  /** Items are gone. By default all are. */
  lose(isLost: (item: Item, key: string) => boolean = () => true): void {
    for (const [key, item] of [...this.#items]) {
      if (!isLost(item, key)) continue;
      this.#items.delete(key);
      this.#changed.delete(key);
    }
  }

  /** The items as they are now. A write replaces an item and does not change it. */
  copy(): ReadonlyMap<string, Item> {
    return new Map(this.#items);
  }

  /** Puts the items of a copy back. The indexes have them at once. */
  restore(copy: ReadonlyMap<string, Item>): void {
    for (const [key, item] of copy) this.#items.set(key, item);
  }

  put(input: PutItemCommandInput): Answered<PutItemCommandOutput> {
    const item = input.Item ?? {};
    this.#write(input, item, () => item);
    return {};
  }

  update(input: UpdateItemCommandInput): Answered<UpdateItemCommandOutput> {
    const key = input.Key ?? {};
    const change = update(input.UpdateExpression ?? '', placeholdersOf(input));
    const after = this.#write(input, key, (before) => change({ ...key, ...before }));
    return input.ReturnValues === 'ALL_NEW' ? { Attributes: after } : {};
  }

  query(input: QueryCommandInput): Answered<QueryCommandOutput> {
    const given = placeholdersOf(input);
    checkPlaceholders(given, input.KeyConditionExpression, input.FilterExpression, input.ProjectionExpression);

    const matches = condition(
      [input.KeyConditionExpression, input.FilterExpression].filter((text) => text !== undefined).join(' AND '),
      given,
    );
    const [hash, range] = indexKeys[input.IndexName ?? ''] ?? ['pk', 'sk'];
    // An index has the keys of an item, and no other attribute.
    const wanted =
      input.IndexName !== undefined
        ? ['pk', 'sk', hash, range]
        : input.ProjectionExpression?.split(', ').map((name) => given.names[name] ?? name);
    const forward = input.ScanIndexForward !== false;
    const sortKey = (item: Item) => `${item[range]?.S ?? ''} ${keyOf(item)}`;
    const isBefore = (a: Item, b: Item) => (forward ? sortKey(a) < sortKey(b) : sortKey(a) > sortKey(b));
    const seen = input.IndexName === undefined ? this.#items.values() : this.#behind(this.around.indexLagMs());
    const found = [...seen]
      .filter((item) => item[hash] !== undefined && item[range] !== undefined && matches(item))
      .sort((a, b) => (isBefore(a, b) ? -1 : 1));
    const after = input.ExclusiveStartKey;
    const rest = after === undefined ? found : found.filter((item) => isBefore(after, item));
    const page = rest.slice(0, input.Limit ?? rest.length);
    const last = page.at(-1);
    return {
      Items: page.map((item) =>
        Object.fromEntries(Object.entries(item).filter(([name]) => wanted?.includes(name) ?? true)),
      ),
      ...(last === undefined || page.length === rest.length
        ? {}
        : {
            LastEvaluatedKey: Object.fromEntries(
              ['pk', 'sk', hash, range].flatMap((name) => {
                const value = last[name];
                return value === undefined ? [] : [[name, value] as const];
              }),
            ),
          }),
    };
  }

  /** Returns all matching items in one page. */
  scan({
    FilterExpression = '',
    ExpressionAttributeNames,
    ExpressionAttributeValues,
  }: ScanCommandInput): Answered<ScanCommandOutput> {
    const given = placeholdersOf({ ExpressionAttributeNames, ExpressionAttributeValues });
    checkPlaceholders(given, FilterExpression);
    const matches = condition(FilterExpression, given);
    return { Items: [...this.#items.values()].filter(matches).map((item) => ({ ...item })) };
  }

  batchGet(input: BatchGetItemCommandInput): Answered<BatchGetItemCommandOutput> {
    return {
      Responses: Object.fromEntries(
        Object.entries(input.RequestItems ?? {}).map(([table, { Keys = [] }]) => [
          table,
          Keys.map((key) => this.#items.get(keyOf(key))).filter((item) => item !== undefined),
        ]),
      ),
      UnprocessedKeys: {},
    };
  }

  get(pk: string, sk: string): Item | undefined {
    return this.#items.get(`${pk} ${sk}`);
  }

  #behind(lagMs: number): Iterable<Item> {
    if (lagMs === 0) return this.#items.values();
    const horizon = this.around.now() - lagMs;
    return [...this.#items].flatMap(([key, item]) => {
      const change = this.#changed.get(key);
      const known = change === undefined || change.at <= horizon ? item : change.before;
      return known === undefined ? [] : [known];
    });
  }

  #write(
    input: PutItemCommandInput | UpdateItemCommandInput,
    keyed: Item,
    change: (before: Item | undefined) => Item,
  ): Item {
    const given = placeholdersOf(input);
    checkPlaceholders(
      given,
      input.ConditionExpression,
      'UpdateExpression' in input ? input.UpdateExpression : undefined,
    );
    const key = keyOf(keyed);
    const before = this.#items.get(key);
    if (input.ConditionExpression !== undefined && !condition(input.ConditionExpression, given)(before ?? {})) {
      throw new ConditionalCheckFailedException({
        message: 'The conditional request failed',
        $metadata: { httpStatusCode: 400 },
        ...(before !== undefined && input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? { Item: before } : {}),
      });
    }
    const after = change(before);
    checkKeys(after);
    this.#items.set(key, after);
    this.#changed.set(key, { at: this.around.now(), before });
    this.around.onChange({ before, after });
    return after;
  }
}

const keyNames = new Set(['pk', 'sk', ...Object.values(indexKeys).flat()]);

/** Keys of the table and its indexes are non-empty strings. An index omits items without its keys. */
const checkKeys = (item: Item): void => {
  for (const name of keyNames) {
    const value = item[name];
    if (value === undefined ? name === 'pk' || name === 'sk' : value.S === undefined || value.S === '') {
      throw new DynamoDBServiceException({
        name: 'ValidationException',
        $fault: 'client',
        message: `${name} is a key, and must be a non-empty string`,
        $metadata: { httpStatusCode: 400 },
      });
    }
  }
};

const keyOf = ({ pk, sk }: Item): string => `${pk?.S ?? ''} ${sk?.S ?? ''}`;

const placeholdersOf = (input: {
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Item | undefined;
}): Placeholders => ({ names: input.ExpressionAttributeNames ?? {}, values: input.ExpressionAttributeValues ?? {} });
