import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { LeadId } from '../lead/lead-id';
import type { StoreFailure } from '../ports/store-failure';
import { inParallel } from '../tasks/in-parallel';
import type { Item } from './decode-item';
import { queryAll } from './query-all';
import { eventPrefix, leadPartition, leadPrefix } from './table-keys';

/** The leads of an id, and of each of its events the attributes that its place and its namespace need. */
export type Partition = Readonly<{ leads: readonly Item[]; events: readonly Item[] }>;

/** Reads the partition of a lead id, by two queries in parallel. */
export const readPartition =
  (client: DynamoDBClient, tableName: string) =>
  (leadId: LeadId): TE.TaskEither<StoreFailure, Partition> => {
    const items = (prefix: string, more: Partial<QueryCommandInput> = {}) =>
      queryAll(client, 'leads', {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: marshall({ ':pk': leadPartition(leadId), ':prefix': prefix }),
        ...more,
      });
    const both: TE.TaskEither<never, readonly E.Either<StoreFailure, readonly Item[]>[]> = TE.fromTask(
      inParallel([
        items(leadPrefix),
        items(eventPrefix, {
          ProjectionExpression: 'pk, sk, event_time, #namespace, #source',
          ExpressionAttributeNames: { '#namespace': 'namespace', '#source': 'source' },
        }),
      ]),
    );
    return pipe(
      both,
      TE.flatMapEither(E.sequenceArray),
      TE.map(([leads = [], events = []]) => ({ leads, events })),
    );
  };
