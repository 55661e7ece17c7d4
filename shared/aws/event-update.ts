import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { identity, pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import type { EventRef } from '../lead/event-ref';
import { eventItem, type EventItem, type WriteId } from '../stored/event-item';
import { mostSteps, type Step } from '../stored/event-timeline';
import { type RecordedFacts, recordedFacts } from '../stored/recorded-facts';
import { type StoreFailure, unavailable } from '../ports/store-failure';
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
  /** An attribute that keeps the id of this write, so that it is recognised also where others have written the item since. */
  once?: WriteId;
  /** Whether the answer brings what the record says of its event. */
  returning?: boolean;
  /** Whether it is no failure that there is no item: then there is nothing to change. */
  mayBeAbsent?: boolean;
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
  pipe(updateReturning(table, event, change), TE.map(E.match(identity<EventItem | undefined>, () => undefined)));

/** Left: the item that does not meet the condition. Right: what the item says of its event, if it was asked for. */
export type Written = E.Either<EventItem, RecordedFacts | undefined>;

/** As `update`, with what the record says after the write. */
export const updateReturning = (
  table: EventTable,
  event: EventRef,
  change: Change,
): TE.TaskEither<StoreFailure, Written> =>
  pipe(
    TE.fromIO(() => randomUUID()),
    TE.flatMap((writeId) =>
      pipe(
        write(table, event, change, writeId, 'append'),
        // A full history keeps its beginning, and its last step is the newest.
        TE.flatMap((written) =>
          E.isLeft(written) && isFull(written.left)
            ? write(table, event, change, writeId, 'replace-last')
            : TE.right(written),
        ),
        TE.map(
          E.orElse((standing): Written => (isBy(writeId, change, standing) ? E.right(standing) : E.left(standing))),
        ),
      ),
    ),
  );

const isBy = (writeId: string, { once }: Change, standing: EventItem): boolean =>
  standing.write_id === writeId || (once !== undefined && standing[once] === writeId);

const isFull = ({ history = [] }: EventItem): boolean => history.length >= mostSteps;

const write = (
  { client, tableName, by }: EventTable,
  event: EventRef,
  change: Change,
  writeId: string,
  history: 'append' | 'replace-last',
): TE.TaskEither<StoreFailure, Written> => {
  const { set, setOnce = {}, join = {}, leave = {}, remove = [], step, condition, values = {}, once } = change;
  const sets = { ...set, write_id: writeId, ...(once === undefined ? {} : { [once]: writeId }) };
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
      ...['write_id', ...(once === undefined ? [] : [once])].map(
        (name) => `(attribute_not_exists(#${name}) OR #${name} <> :set_${name})`,
      ),
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
    ...(change.returning === true ? { ReturnValues: 'ALL_NEW' } : {}),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
  return conditional(() => client.send(new UpdateItemCommand(input)), change.mayBeAbsent);
};

const asSets = (fields: Readonly<Record<string, string>>): Readonly<Record<string, ReadonlySet<string>>> =>
  Object.fromEntries(Object.entries(fields).map(([name, member]) => [name, new Set([member])]));

/**
 * Runs a conditional write. A refusal that does not say which item stood in the way is a failure: taken for success it would hide a write that
 * did not happen, and a condition that asks for an item is refused like that where there is none.
 */
export const conditional = (
  run: () => Promise<Readonly<{ Attributes?: Record<string, AttributeValue> | undefined }>>,
  mayBeAbsent = false,
): TE.TaskEither<StoreFailure, Written> =>
  pipe(
    TE.tryCatch(run, (error) => error),
    TE.foldW(
      (error): TE.TaskEither<StoreFailure, Written> => {
        if (!(error instanceof ConditionalCheckFailedException)) return TE.left(unavailable('events')(error));
        if (error.Item === undefined)
          return mayBeAbsent ? TE.right(E.right(undefined)) : TE.left(unavailable('events')(error));
        return pipe(TE.fromEither(decodeItem(eventItem, 'events')(error.Item)), TE.map(E.left));
      },
      ({ Attributes }): TE.TaskEither<StoreFailure, Written> =>
        Attributes === undefined
          ? TE.right(E.right(undefined))
          : pipe(TE.fromEither(decodeItem(recordedFacts, 'events')(Attributes)), TE.map(E.right)),
    ),
  );
