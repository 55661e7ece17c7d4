import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type * as t from 'io-ts';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { problemText, validationProblems } from '../codecs/validation-problem';

/** What a store returns is decoded like any input: another version of this code, or a person, may have written it. */
export const decodeStored =
  <A>(codec: t.Decoder<unknown, A>, store: string) =>
  (value: unknown): E.Either<StoreFailure, A> =>
    pipe(
      codec.decode(value),
      E.mapLeft((errors) => unreadable(store, ...validationProblems(errors).map(problemText))),
    );

/** What can't be read is named by its keys. */
export const decodeItem =
  <A>(codec: t.Decoder<unknown, A>, store: string) =>
  (item: Record<string, AttributeValue>): E.Either<StoreFailure, A> =>
    pipe(
      E.tryCatch(
        () => unmarshall(item),
        // A number that JavaScript can't hold, say.
        () => unreadable(store, 'not an item that the SDK can read'),
      ),
      E.flatMap(decodeStored(codec, store)),
      E.mapLeft((failure) => ({ ...failure, item: { pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' } })),
    );
