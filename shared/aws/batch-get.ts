import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type BackOff, maxRounds } from './back-off';
import type { Item } from './decode-item';

/** DynamoDB left keys unprocessed in each round, because the capacity of the table is used up. */
class KeysUnprocessed extends Error {
  override name = 'UnprocessedKeys';
}

/**
 * Reads up to 100 items, the limit of BatchGetItem. Missing items are left out, and the order is arbitrary.
 *
 * @param keys each at most once
 * @param pause waits before the keys that DynamoDB left unprocessed are read again
 * @throws an error of the SDK, or an `UnprocessedKeys`
 */
export const batchGet = async (
  client: DynamoDBClient,
  tableName: string,
  keys: readonly Item[],
  pause: BackOff,
): Promise<readonly Item[]> => {
  const found: Item[] = [];
  let left: readonly Item[] = keys;
  for (let round = 0; left.length > 0; round += 1) {
    if (round === maxRounds) throw new KeysUnprocessed();
    if (round > 0) await pause(round - 1);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: [...left] } } }),
    );
    found.push(...(Responses?.[tableName] ?? []));
    left = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return found;
};
