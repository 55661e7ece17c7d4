import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type * as t from 'io-ts';
import type { StoreFailure } from '../lead/store-failure';
import { validationProblems } from '../lead/validation-problem';

/** What a store returns is decoded like any input: another version of this code, or a person, may have written it. */
export const decodeStored =
  <A>(codec: t.Decoder<unknown, A>, store: string) =>
  (value: unknown): E.Either<StoreFailure, A> =>
    pipe(
      codec.decode(value),
      E.mapLeft((errors): StoreFailure => ({
        kind: 'unreadable',
        store,
        paths: validationProblems(errors).map(({ path, message }) => `${path} ${message}`.trim()),
      })),
    );

/** What can't be read is named by its keys. */
export const decodeItem =
  <A>(codec: t.Decoder<unknown, A>, store: string) =>
  (item: Record<string, AttributeValue>): E.Either<StoreFailure, A> =>
    pipe(
      decodeStored(codec, store)(unmarshall(item)),
      E.mapLeft((failure) => ({ ...failure, item: { pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' } })),
    );
