import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import { recordRef } from '../lead/event-ref';
import type { NoteQueuedAgain, QueueAgain } from '../ports/queue-again';
import { call } from './call';
import { allOf, anyOf } from './condition';
import { hasRoomForARepeat, isNotRepeatedSince, isRecorded, isRepeatUnsent, isUnfinished } from './event-conditions';
import type { EventTable } from './event-table';
import { update } from './event-update';
import { eventKey } from './table-keys';

/** How many repeats of an unfinished event are granted. */
const mostRepeats = 3;

/** The least time between a repeat whose message is confirmed and the next one, in milliseconds. */
const repeatsApartMs = 15 * 60_000;

/**
 * Grants at most three repeats of an unfinished event. The next one waits 15 minutes, unless the message of the one
 * before is not confirmed: its worker may have died before it sent the message. A refusal loses nothing, because the
 * reconciler requeues a pending event. Granting each repeat would let one sender flood the queue with one event.
 */
export const queueAgain =
  (table: EventTable): QueueAgain =>
  (record) => {
    const now = table.now().toISOString();
    const latest = new Date(Date.parse(now) - repeatsApartMs).toISOString();
    return pipe(
      update(table, recordRef(record), {
        set: { repeated_at: now, repeat_unsent: now },
        // Two requests of one millisecond are two repeats.
        join: { repeats: `${now} ${randomUUID()}` },
        step: { at: now, what: 'repeated' },
        once: 'repeat_id',
        condition: allOf(
          isUnfinished,
          hasRoomForARepeat(mostRepeats),
          anyOf(isNotRepeatedSince(latest), isRepeatUnsent),
        ),
      }),
      TE.map((existing) => existing === undefined),
    );
  };

/**
 * Notes that the message of a granted repeat is in the queue. The write has no id and no step, because removing an
 * attribute twice changes nothing. Its condition keeps it from making an item of an event that has none.
 */
export const noteQueuedAgain =
  ({ client, tableName }: EventTable): NoteQueuedAgain =>
  (record) =>
    pipe(
      call('events', () =>
        client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: marshall(eventKey(recordRef(record))),
            UpdateExpression: 'REMOVE repeat_unsent',
            ConditionExpression: isRecorded.text,
          }),
        ),
      ),
      TE.asUnit,
    );
