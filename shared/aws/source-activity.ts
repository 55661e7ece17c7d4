import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import type { NoteActivity, ReadActivities } from '../ports/source-activity';
import { sourceActivity } from '../stored/source-activity';
import { call } from './call';
import { decodeItem } from './decode-item';
import { queryAll } from './query-all';
import { activityKey, activityPartition } from './table-keys';

type ActivityTable = Readonly<{ client: DynamoDBClient; tableName: string }>;

const store = 'activity';

/** The sender waits for its answer meanwhile, so that the write and its retries together take at most this long. */
const noteMs = 1_000;

/** Replaces the item of a source. */
export const noteActivity =
  ({ client, tableName }: ActivityTable): NoteActivity =>
  ({ sk, ...activity }) =>
    pipe(
      call(store, () =>
        client.send(new PutItemCommand({ TableName: tableName, Item: marshall({ ...activityKey(sk), ...activity }) }), {
          abortSignal: AbortSignal.timeout(noteMs),
        }),
      ),
      TE.asUnit,
    );

/** Reads one partition: a page has thousands of sources. */
export const readActivities = ({ client, tableName }: ActivityTable): ReadActivities =>
  pipe(
    queryAll(client, store, {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: marshall({ ':pk': activityPartition }),
    }),
    TE.map(RA.partitionMap(decodeItem(sourceActivity, store))),
    TE.map(({ left, right }) => ({ activities: right, unreadable: left })),
  );
