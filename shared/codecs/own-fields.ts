import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';

/**
 * Reads these fields of an object and no others, and only where the object itself has them. io-ts copies what it decodes, other fields
 * included: a copied field `__proto__` would become a prototype, whose fields nobody has checked.
 */
export const ofOwnFields = <A, O>(names: readonly string[], type: t.Type<A, O>): t.Type<A, O> =>
  new t.Type<A, O>(
    type.name,
    type.is,
    (value, context) =>
      pipe(
        t.UnknownRecord.validate(value, context),
        E.flatMap((object) =>
          type.validate(
            Object.fromEntries(names.filter((name) => Object.hasOwn(object, name)).map((name) => [name, object[name]])),
            context,
          ),
        ),
      ),
    type.encode,
  );
