import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';

/**
 * Decodes these fields of an object and no others. An inherited field counts as absent. io-ts copies what it decodes,
 * including other fields: the copy of a field `__proto__` would become a prototype, whose fields are not checked.
 */
export const ofOwnFields = <A, O>(names: readonly string[], type: t.Type<A, O>): t.Type<A, O> =>
  new t.Type<A, O>(
    type.name,
    type.is,
    (value, context) =>
      pipe(
        t.UnknownRecord.validate(value, context),
        E.flatMap((object) => type.validate(ownFields(names, object), context)),
      ),
    type.encode,
  );

/** These fields of an object, if the object itself has them. */
export const ownFields = (
  names: readonly string[],
  object: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(object, name)).map((name) => [name, object[name]]));

/** A field of an object, if the object itself has it: an inherited field counts as absent. */
export const ownField = <A>(object: Readonly<Record<string, A>>, name: string): A | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;
