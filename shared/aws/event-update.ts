import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import type { EventRef } from '../lead/event-ref';
import type { StoreFailure } from '../ports/store-failure';
import type { EventItem } from '../stored/event-item';
import { mostSteps } from '../stored/event-step';
import { type Change, changeExpressions, type Write } from './event-change';
import type { EventTable } from './event-table';
import { conditionalWrite, type Written } from './event-write';
import { eventKey } from './table-keys';

type Options = Readonly<{
  /** Whether the answer has what the item says about its event. */
  isReturning?: boolean;
  /** Whether a missing item is no failure: then there is nothing to change. */
  mayBeAbsent?: boolean;
}>;

/**
 * Changes an event's item if the item meets the condition of the change.
 *
 * Each write has an id. The SDK retries a write whose response is late. The retry finds the id of the write in the
 * item, changes nothing, and counts as done. Without the id, the retry would look like the change of another writer,
 * and the history would have the step twice.
 *
 * @returns Right: `undefined` after the change, or the existing item if it does not meet the condition
 */
export const update = (
  table: EventTable,
  event: EventRef,
  change: Change,
  options: Pick<Options, 'mayBeAbsent'> = {},
): TE.TaskEither<StoreFailure, EventItem | undefined> =>
  pipe(
    writeChange(table, event, change, options),
    TE.map((result) => (result.kind === 'refused' ? result.existing : undefined)),
  );

/** As `update`. After the change it returns what the item says about its event. */
export const updateReturning = (
  table: EventTable,
  event: EventRef,
  change: Change,
): TE.TaskEither<StoreFailure, Written> => writeChange(table, event, change, { isReturning: true });

const writeChange = (
  table: EventTable,
  event: EventRef,
  change: Change,
  options: Options,
): TE.TaskEither<StoreFailure, Written> =>
  pipe(
    TE.fromIO(() => randomUUID()),
    TE.flatMap((writeId) =>
      pipe(
        write(table, event, change, { writeId, history: 'append' }, options),
        TE.flatMap((result) =>
          result.kind === 'refused' && isFull(result.existing)
            ? write(table, event, change, { writeId, history: 'replace-last' }, options)
            : TE.right(result),
        ),
        TE.map((result) => orOwnWrite(writeId, change, result)),
      ),
    ),
  );

const isFull = ({ history = [] }: EventItem): boolean => history.length >= mostSteps;

/** A write that its own earlier try refused is done. */
const orOwnWrite = (writeId: string, { once }: Change, result: Written): Written => {
  if (result.kind === 'written') return result;
  const { existing } = result;
  const isOwn = existing.write_id === writeId || (once !== undefined && existing[once] === writeId);
  return isOwn ? { kind: 'written', facts: existing } : result;
};

const write = (
  { client, tableName, by }: EventTable,
  event: EventRef,
  change: Change,
  how: Write,
  { isReturning = false, mayBeAbsent }: Options,
): TE.TaskEither<StoreFailure, Written> => {
  const step = by === undefined ? change.step : { ...change.step, by };
  const command = new UpdateItemCommand({
    TableName: tableName,
    Key: marshall(eventKey(event)),
    ...changeExpressions({ ...change, step }, how),
    ...(isReturning ? { ReturnValues: 'ALL_NEW' } : {}),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  return conditionalWrite(() => client.send(command), mayBeAbsent);
};
