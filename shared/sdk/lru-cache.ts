// Replaces mnemonist/lru-cache in the bundles (Alias in template.yaml, docs/decisions/0046).

/**
 * The cache of the endpoints that DynamoDB may assign to a client, one for each operation of an account. There are few
 * of them, so that none has to be removed. The SDK constructs it with a capacity.
 */
export default function LRUCache<Key, Value>() {
  const values = new Map<Key, Value>();
  return Object.assign(values, { peek: (key: Key): Value | undefined => values.get(key) });
}
