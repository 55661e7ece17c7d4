import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import type { QuarantineItems, QuarantineRef } from '../operations/quarantine/quarantine-ports';
import type { StoreFailure } from '../ports/store-failure';
import { quarantineItem, type QuarantineEvents, type QuarantineItem } from '../stored/quarantine-item';
import { call } from './call';
import { allOf, attributeNames, clause, type Condition } from './condition';
import { type ConditionFailed, conditionFailed } from './condition-failed';
import { decodeItem } from './decode-item';
import { isNotDone } from './event-conditions';
import type { EventTable } from './event-table';
import { queryAll } from './query-all';
import { quarantineItemKey, quarantinePartition } from './table-keys';

const store = 'quarantine';

/** Reads the items of a source. An item that cannot be decoded does not keep the others from being found. */
export const readQuarantineItems =
  ({ client, tableName }: EventTable) =>
  (source: string, idPrefix = ''): TE.TaskEither<StoreFailure, QuarantineItems> => {
    const ofSource = clause('pk = :pk', { ':pk': quarantinePartition(source) });
    const wanted =
      idPrefix === '' ? ofSource : allOf(ofSource, clause('begins_with(sk, :prefix)', { ':prefix': idPrefix }));
    return pipe(
      queryAll(client, store, {
        TableName: tableName,
        KeyConditionExpression: wanted.text,
        ExpressionAttributeValues: marshall(wanted.values),
        // A command that acts on an item must see what the command before it wrote.
        ConsistentRead: true,
      }),
      TE.map(RA.partitionMap((item) => E.mapLeft(() => item.sk?.S ?? '')(decodeItem(quarantineItem, store)(item)))),
      TE.map(({ left, right }) => ({ items: right, unreadable: left })),
    );
  };

/** Why a change was not made: the item as it is, or `gone` if there is none. `undefined` after the change. */
type Unchanged = QuarantineItem | 'gone' | undefined;

type Change = Readonly<{ condition: Condition; set: Readonly<Record<string, string | QuarantineEvents>> }>;

/**
 * Changes an item if it meets a condition. The write has an id, by which the caller recognises it if the SDK retries it
 * after a lost response.
 */
const change = (
  { client, tableName }: EventTable,
  ref: QuarantineRef,
  { condition, set }: Change,
): TE.TaskEither<StoreFailure, Unchanged> => {
  const writeId = randomUUID();
  const sets: Change['set'] = { ...set, write_id: writeId };
  const update = `SET ${Object.keys(sets)
    .map((name) => `#${name} = :set_${name}`)
    .join(', ')}`;
  const whole = allOf(clause('attribute_exists(pk)'), condition, isNotDone('write_id'));
  const command = new UpdateItemCommand({
    TableName: tableName,
    Key: marshall(quarantineItemKey(ref)),
    UpdateExpression: update,
    ConditionExpression: whole.text,
    ExpressionAttributeNames: attributeNames(update, whole.text),
    ExpressionAttributeValues: marshall({
      ...whole.values,
      ...Object.fromEntries(Object.entries(sets).map(([name, value]) => [`:set_${name}`, value])),
    }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  return pipe(
    call(store, () => client.send(command), conditionFailed),
    TE.map((): Unchanged => undefined),
    TE.orElse((failure) =>
      TE.fromEither(failure.kind === 'condition-failed' ? refused(writeId, failure) : E.left(failure)),
    ),
  );
};

const refused = (writeId: string, { item }: ConditionFailed): E.Either<StoreFailure, Unchanged> =>
  item === undefined
    ? E.right('gone')
    : pipe(
        decodeItem(quarantineItem, store)(item),
        E.map((existing) => (existing.write_id === writeId ? undefined : existing)),
      );

/**
 * Records that each lead of a request has its event. A request that another operator discarded meanwhile becomes
 * REVALIDATED, too, because its events exist.
 */
export const finishQuarantined =
  (table: EventTable) =>
  (ref: QuarantineRef, events: QuarantineEvents): ReturnType<typeof change> =>
    change(table, ref, {
      condition: clause('#state IN (:quarantined, :discarded)', {
        ':quarantined': 'QUARANTINED' satisfies QuarantineItem['state'],
        ':discarded': 'DISCARDED' satisfies QuarantineItem['state'],
      }),
      set: {
        state: 'REVALIDATED' satisfies QuarantineItem['state'],
        revalidated_at: table.now().toISOString(),
        events,
        ...(table.by === undefined ? {} : { revalidated_by: table.by }),
      },
    });

/** Discards a request that is in quarantine, with an operator's reason. */
export const discardQuarantinedItem =
  (table: EventTable) =>
  (ref: QuarantineRef, reason: string): ReturnType<typeof change> =>
    change(table, ref, {
      condition: clause('#state = :quarantined', { ':quarantined': 'QUARANTINED' satisfies QuarantineItem['state'] }),
      set: {
        state: 'DISCARDED' satisfies QuarantineItem['state'],
        discarded_at: table.now().toISOString(),
        discard_reason: reason,
        ...(table.by === undefined ? {} : { discarded_by: table.by }),
      },
    });
