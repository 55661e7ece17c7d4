import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import type { EventRef } from '../lead/claim';
import { eventItem, type EventItem } from '../lead/event-item';
import { mostSteps, type Step } from '../lead/event-timeline';
import { type StoreFailure, unavailable } from '../lead/store-failure';
import { decodeItem } from './decode-item';
import { eventKey } from './table-keys';

export type EventTable = Readonly<{
  client: DynamoDBClient;
  tableName: string;
  now: () => Date;
  /** After that an event's item goes, and the same event sent again would be taken as new. */
  retentionDays: number;
  /** The operator who writes; absent where a function does. */
  by?: string;
}>;

type Value = string | number;

export type Change = Readonly<{
  set: Readonly<Record<string, Value>>;
  /** What is set only where it is absent. */
  setOnce?: Readonly<Record<string, Value>>;
  /** Members to add to sets of text, or to take out of them: a write that is repeated changes nothing more. */
  join?: Readonly<Record<string, string>>;
  leave?: Readonly<Record<string, string>>;
  remove?: readonly string[];
  /** Is added to the event's history. */
  step: Step;
  condition: string;
  values?: Readonly<Record<string, Value>>;
}>;

/**
 * Changes an event's item. Where the condition does not hold, it answers the item as it is and changes nothing.
 *
 * Each write carries an id. The SDK repeats a write whose answer is late; the repeat finds the id, does nothing, and counts
 * as done. Without it, a repeat would be taken for another writer's change, and the history would have the step twice.
 */
export const update = (
  table: EventTable,
  event: EventRef,
  change: Change,
): TE.TaskEither<StoreFailure, EventItem | undefined> =>
  pipe(
    TE.fromIO(() => randomUUID()),
    TE.flatMap((writeId) =>
      pipe(
        write(table, event, change, writeId, 'append'),
        // A full history keeps its beginning, and its last step is the newest.
        TE.flatMap((standing) =>
          isFull(standing) ? write(table, event, change, writeId, 'replace-last') : TE.right(standing),
        ),
        TE.map((standing) => (standing?.write_id === writeId ? undefined : standing)),
      ),
    ),
  );

const isFull = (standing: EventItem | undefined): boolean => (standing?.history ?? []).length >= mostSteps;

const write = (
  { client, tableName, by }: EventTable,
  event: EventRef,
  { set, setOnce = {}, join = {}, leave = {}, remove = [], step, condition, values = {} }: Change,
  writeId: string,
  history: 'append' | 'replace-last',
): TE.TaskEither<StoreFailure, EventItem | undefined> => {
  const sets = { ...set, write_id: writeId };
  const names = [
    ...[sets, setOnce, join, leave].flatMap((fields) => Object.keys(fields)),
    ...remove,
    'history',
    ...(condition.includes('#state') ? ['state'] : []),
  ];
  const entries = (prefix: string, fields: Readonly<Record<string, unknown>>) =>
    Object.entries(fields).map(([name, value]) => [`:${prefix}_${name}`, value] as const);
  const clauses: readonly (readonly [string, readonly string[]])[] = [
    [
      'SET',
      [
        ...Object.keys(sets).map((name) => `#${name} = :set_${name}`),
        ...Object.keys(setOnce).map((name) => `#${name} = if_not_exists(#${name}, :once_${name})`),
        history === 'append'
          ? '#history = list_append(if_not_exists(#history, :no_steps), :steps)'
          : `#history[${mostSteps - 1}] = :step`,
      ],
    ],
    ['REMOVE', remove.map((name) => `#${name}`)],
    ['ADD', Object.keys(join).map((name) => `#${name} :join_${name}`)],
    ['DELETE', Object.keys(leave).map((name) => `#${name} :leave_${name}`)],
  ];
  const noted = by === undefined ? step : { ...step, by };
  const input: UpdateItemCommandInput = {
    TableName: tableName,
    Key: marshall(eventKey(event)),
    UpdateExpression: clauses
      .filter(([, parts]) => parts.length > 0)
      .map(([clause, parts]) => `${clause} ${parts.join(', ')}`)
      .join(' '),
    ConditionExpression: [
      `(${condition})`,
      '(attribute_not_exists(#write_id) OR #write_id <> :set_write_id)',
      ...(history === 'append' ? ['(attribute_not_exists(#history) OR size(#history) < :most_steps)'] : []),
    ].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: marshall({
      ...values,
      ...Object.fromEntries([
        ...entries('set', sets),
        ...entries('once', setOnce),
        ...entries('join', asSets(join)),
        ...entries('leave', asSets(leave)),
      ]),
      ...(history === 'append' ? { ':no_steps': [], ':steps': [noted], ':most_steps': mostSteps } : { ':step': noted }),
    }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
  return conditional(() => client.send(new UpdateItemCommand(input)));
};

const asSets = (fields: Readonly<Record<string, string>>): Readonly<Record<string, ReadonlySet<string>>> =>
  Object.fromEntries(Object.entries(fields).map(([name, member]) => [name, new Set([member])]));

/** Runs a conditional write: `undefined` if it happened or there was nothing to change, else the item that stood in its way. */
export const conditional = (write: () => Promise<unknown>): TE.TaskEither<StoreFailure, EventItem | undefined> =>
  pipe(
    TE.tryCatch(write, (error) => error),
    TE.map(() => undefined),
    TE.orElse((error) =>
      TE.fromEither<StoreFailure, EventItem | undefined>(
        error instanceof ConditionalCheckFailedException
          ? error.Item === undefined
            ? E.right(undefined)
            : decodeItem(eventItem, 'events')(error.Item)
          : E.left(unavailable('events')(error)),
      ),
    ),
  );
