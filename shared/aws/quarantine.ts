import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import type { Quarantine, QuarantinedRequest } from '../ports/quarantine';
import type { StoreFailure } from '../ports/store-failure';
import type { QuarantineItem } from '../stored/quarantine-item';
import { quarantineKey } from '../stored/quarantine-key';
import type { QuarantinedObject } from '../stored/quarantined-object';
import { call } from './call';
import { anyOf, clause } from './condition';
import { type ConditionFailed, conditionFailed } from './condition-failed';
import type { EventTable } from './event-table';
import { quarantineItemKey } from './table-keys';
import { expiryOf } from './expiry';

/** The most problems in an item, and the most characters of a path. The object has all of them. */
const mostProblems = 20;
const longestPath = 200;

/**
 * Keeps a request in quarantine: first its object, then its item, so that what an operator finds can be read.
 *
 * A request that is sent again writes its object again. The lifetime of the object starts anew, so that it never ends
 * before that of the item. The item of a request stays as it is in every state: an operator has revalidated or
 * discarded that content already. An item that has expired counts as absent, because DynamoDB deletes it later.
 *
 * @param retentionDays how long the item is kept
 */
export const quarantine =
  (
    s3: S3Client,
    bucket: string,
    table: Pick<EventTable, 'client' | 'tableName' | 'now'>,
    retentionDays: number,
  ): Quarantine =>
  (request) =>
    pipe(
      putObject(s3, bucket, request),
      TE.flatMap(() => putQuarantineItem(table, expiryOf(table.now(), retentionDays), request)),
    );

const putObject = (s3: S3Client, bucket: string, request: QuarantinedRequest): TE.TaskEither<StoreFailure, void> =>
  pipe(
    call('quarantine', () =>
      s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(request),
          Body: JSON.stringify(objectOf(request)),
          ContentType: 'application/json',
        }),
      ),
    ),
    TE.asUnit,
  );

/** What the item of a request says about it. */
type ItemFacts = Pick<QuarantinedRequest, 'id' | 'sourceId' | 'receivedAt' | 'kind' | 'correlationId'> &
  Readonly<{ problems: QuarantineItem['problems'] }>;

const keyOf = ({ sourceId, id }: ItemFacts): string => quarantineKey({ source: sourceId, id });

const objectOf = (request: QuarantinedRequest): QuarantinedObject => ({
  source: request.sourceId,
  received_at: request.receivedAt,
  correlation_id: request.correlationId,
  kind: request.kind,
  method: request.method,
  url: request.url,
  headers: request.headers,
  content_type: request.contentType,
  body_base64: Buffer.from(request.body).toString('base64'),
  problems: request.problems,
  ...(request.origin === undefined ? {} : { origin: request.origin }),
});

/** There is no item, or it has expired. */
const isAbsent = (now: Date) =>
  anyOf(clause('attribute_not_exists(pk)'), clause('expires_at < :now', { ':now': Math.floor(now.getTime() / 1000) }));

/**
 * Writes the item of a request whose object exists, unless it has one.
 *
 * @param expiresAt in seconds since 1970
 */
export const putQuarantineItem = (
  { client, tableName, now }: Pick<EventTable, 'client' | 'tableName' | 'now'>,
  expiresAt: number,
  request: ItemFacts,
): ReturnType<Quarantine> => {
  const recordedBy = randomUUID();
  const put = () => {
    const condition = isAbsent(now());
    return client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: marshall({
          ...quarantineItemKey({ source: request.sourceId, id: request.id }),
          ...itemOf(request),
          recorded_by: recordedBy,
          expires_at: expiresAt,
        }),
        ConditionExpression: condition.text,
        ExpressionAttributeValues: marshall(condition.values),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  };
  return pipe(
    call('quarantine', put, conditionFailed),
    TE.map((): 'new' | 'known' => 'new'),
    TE.orElse((failure) =>
      failure.kind === 'condition-failed' ? TE.right(existingIs(failure, recordedBy)) : TE.left(failure),
    ),
  );
};

const itemOf = (request: ItemFacts): QuarantineItem => ({
  id: request.id,
  source: request.sourceId,
  state: 'QUARANTINED',
  received_at: request.receivedAt,
  s3_key: keyOf(request),
  kind: request.kind,
  problems: request.problems
    .slice(0, mostProblems)
    .map(({ path, message }) => ({ path: path.slice(0, longestPath).toWellFormed(), message })),
  correlation_id: request.correlationId,
});

/** The SDK retries a write whose response is late. An item that this call itself wrote is new. */
const existingIs = ({ item }: ConditionFailed, recordedBy: string): 'new' | 'known' =>
  item?.recorded_by?.S === recordedBy ? 'new' : 'known';
