import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { recordedFacts } from '../stored/recorded-facts';
import type { LeadId } from '../lead/lead-id';
import type { FindRecords } from '../ports/find-records';
import { decodeItem } from './decode-item';
import { queryAll } from './query-all';
import { eventKey, leadPartition } from './table-keys';

/**
 * Reads the event of an id, or the events of a lead whose raw object has a key. No index has the key of the raw object,
 * so that the second search reads all events of the lead.
 */
export const findRecords =
  ({ client, tableName }: Readonly<{ client: DynamoDBClient; tableName: string }>): FindRecords =>
  (leadId, by) =>
    pipe(
      queryAll(client, 'events', { TableName: tableName, ConsistentRead: true, ...expressionsOf(leadId, by) }),
      TE.flatMapEither(E.traverseArray(decodeItem(recordedFacts, 'events'))),
    );

const expressionsOf = (leadId: LeadId, by: Parameters<FindRecords>[1]) =>
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
