import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type * as t from 'io-ts';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { problemText, validationProblems } from '../codecs/validation-problem';

/** An item as DynamoDB returns it. */
export type Item = Record<string, AttributeValue>;

/**
 * Decodes what a store returned. It is decoded like any input, because another version of this code, or a person, may
 * have written it.
 *
 * @param store the name of the store in a failure
 */
export const decodeStored =
  <A>(codec: t.Decoder<unknown, A>, store: string) =>
  (value: unknown): E.Either<StoreFailure, A> =>
    pipe(
      codec.decode(value),
      E.mapLeft((errors) => unreadable(store, ...validationProblems(errors).map(problemText))),
    );

/** Decodes an item. The failure has the keys of the item, so that an operator can find it. */
export const decodeItem =
  <A>(codec: t.Decoder<unknown, A>, store: string) =>
  (item: Item): E.Either<StoreFailure, A> =>
    pipe(
      E.tryCatch(
        () => unmarshall(item),
        // For example a number that JavaScript cannot represent.
        () => unreadable(store, 'not an item that the SDK can read'),
      ),
      E.flatMap(decodeStored(codec, store)),
      E.mapLeft((failure) => ({ ...failure, item: { pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' } })),
    );
