import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { recordedFacts } from '../stored/recorded-facts';
import type { FindRecords } from '../ports/find-records';
import { unavailable } from '../ports/store-failure';
import { decodeItem } from './decode-item';
import { eventKey, leadPartition } from './table-keys';

/** Reads one item by the event's id; by the key of the raw object all of the lead's events, because no index has that key. */
export const findRecords =
  ({ client, tableName }: Readonly<{ client: DynamoDBClient; tableName: string }>): FindRecords =>
  (leadId, by) => {
    const query =
      'eventId' in by
        ? {
            KeyConditionExpression: 'pk = :pk AND sk = :sk',
            ExpressionAttributeValues: marshall({
              ':pk': leadPartition(leadId),
              ':sk': eventKey({ leadId, ...by }).sk,
            }),
          }
        : {
            KeyConditionExpression: 'pk = :pk',
            FilterExpression: 's3_key = :key',
            ExpressionAttributeValues: marshall({ ':pk': leadPartition(leadId), ':key': by.s3Key }),
          };
    return pipe(
      TE.tryCatch(async () => {
        const items = [];
        for await (const { Items = [] } of paginateQuery(
          { client },
          { TableName: tableName, ConsistentRead: true, ...query },
        ))
          items.push(...Items);
        return items;
      }, unavailable('events')),
      TE.flatMapEither(E.traverseArray(decodeItem(recordedFacts, 'events'))),
    );
  };
