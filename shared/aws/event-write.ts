import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../ports/store-failure';
import { eventItem, type EventItem } from '../stored/event-item';
import { type RecordedFacts, recordedFacts } from '../stored/recorded-facts';
import { call } from './call';
import { type ConditionFailed, conditionFailed } from './condition-failed';
import { decodeItem } from './decode-item';

/** What became of a conditional write of an event's item. */
export type Written =
  /** `facts`: what the item says about its event, if the write returns the item. */
  | Readonly<{ kind: 'written'; facts: RecordedFacts | undefined }>
  /** The item does not meet the condition. Nothing was written. */
  | Readonly<{ kind: 'refused'; existing: EventItem }>;

type Answer = Readonly<{ Attributes?: Record<string, AttributeValue> | undefined }>;

/**
 * Runs a conditional write of an event's item.
 *
 * @param mayBeAbsent whether a missing item is no failure. A condition that requires an item is refused without an item
 * @returns Left: also a refusal without the item. If it counted as success, it would hide that nothing was written
 */
export const conditionalWrite = (
  run: () => Promise<Answer>,
  mayBeAbsent = false,
): TE.TaskEither<StoreFailure, Written> =>
  pipe(
    call('events', run, conditionFailed),
    TE.flatMapEither(written),
    TE.orElse((failure) =>
      failure.kind === 'condition-failed' ? TE.fromEither(refused(failure, mayBeAbsent)) : TE.left(failure),
    ),
  );

const written = ({ Attributes }: Answer): E.Either<StoreFailure, Written> =>
  Attributes === undefined
    ? E.right({ kind: 'written', facts: undefined })
    : pipe(
        decodeItem(recordedFacts, 'events')(Attributes),
        E.map((facts) => ({ kind: 'written', facts })),
      );

const refused = ({ item, failure }: ConditionFailed, mayBeAbsent: boolean): E.Either<StoreFailure, Written> => {
  if (item === undefined) return mayBeAbsent ? E.right({ kind: 'written', facts: undefined }) : E.left(failure);
  return pipe(
    decodeItem(eventItem, 'events')(item),
    E.map((existing) => ({ kind: 'refused', existing })),
  );
};
