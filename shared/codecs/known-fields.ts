import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';

/** The type of a field that does not exist. Its name is the end of the message `must be: …`. */
const noSuchField = (names: readonly string[]): t.Mixed =>
  t.refinement(t.unknown, () => false, `one of the settings ${names.join(', ')}`);

/** Refuses an object with fields other than these. Each unknown field is a problem with its own path. */
export const withKnownFields = <A, O>(names: readonly string[], type: t.Type<A, O>): t.Type<A, O> =>
  new t.Type<A, O>(
    // The name for messages: what is expected of a value that is no object.
    t.UnknownRecord.name,
    type.is,
    (value, context) =>
      pipe(
        t.UnknownRecord.validate(value, context),
        E.flatMap((object) => {
          const errors = Object.keys(object)
            .filter((name) => !names.includes(name))
            .flatMap((name) => errorsAt(name, noSuchField(names), context));
          const read = type.validate(object, context);
          return errors.length === 0 ? read : E.left([...errors, ...(E.isLeft(read) ? read.left : [])]);
        }),
      ),
    type.encode,
  );

/** The value is left out: a setting with an unknown name may be a secret. */
const errorsAt = (name: string, expected: t.Mixed, context: t.Context): t.Errors =>
  pipe(
    expected.validate(null, t.appendContext(context, name, expected, null)),
    E.match(
      (errors) => errors,
      () => [],
    ),
  );
