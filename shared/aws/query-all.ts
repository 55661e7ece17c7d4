import { type DynamoDBClient, paginateQuery, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { StoreFailure } from '../ports/store-failure';
import { call } from './call';
import type { Item } from './decode-item';

/**
 * Reads all pages of a query.
 *
 * @param store the name of the store in a failure
 */
export const queryAll = (
  client: DynamoDBClient,
  store: string,
  query: QueryCommandInput,
): TaskEither<StoreFailure, readonly Item[]> =>
  call(store, async () => {
    const items: Item[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, query)) items.push(...Items);
    return items;
  });
