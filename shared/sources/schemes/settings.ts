import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { jsonObject } from '../../codecs/json-object';

/** The settings of a scheme: a JSON object with fields that a source must have or may have, and no others. */
export class Settings<A> extends t.Type<A, unknown> {
  constructor(
    name: string,
    validate: t.Validate<unknown, A>,
    readonly required: readonly string[],
    readonly optional: readonly string[],
  ) {
    super(name, (value): value is A => E.isRight(validate(value, [])), validate, t.identity);
  }
}

type Read<S extends string, R extends t.Props, O extends t.Props> = Readonly<
  { scheme: S } & t.TypeOfProps<R> & t.TypeOfPartialProps<O>
>;

/**
 * Makes the settings of a scheme from its required and its optional fields. A field with another name is a problem at
 * its path, because a misspelt setting would have no effect. `null` is not a value.
 */
export const settings = <S extends string, R extends t.Props, O extends t.Props>(
  scheme: S,
  required: R,
  optional: O,
): Settings<Read<S, R, O>> => {
  const needed: t.Props = { scheme: t.literal(scheme), ...required };
  const other = notASetting([...Object.keys(needed), ...Object.keys(optional)]);

  /** `undefined` for an optional field that is missing. */
  const typeOf = (name: string, object: Readonly<Record<string, unknown>>): t.Mixed | undefined => {
    if (Object.hasOwn(needed, name)) return needed[name];
    if (!Object.hasOwn(optional, name)) return other;
    return Object.hasOwn(object, name) ? optional[name] : undefined;
  };

  const validate = (value: unknown, context: t.Context): t.Validation<Read<S, R, O>> =>
    pipe(
      jsonObject.validate(value, context),
      E.flatMap((object) => {
        const names = [...new Set([...Object.keys(needed), ...Object.keys(object)])];
        const fields = names.flatMap((name) => {
          const type = typeOf(name, object);
          const actual = Object.hasOwn(object, name) ? object[name] : undefined;
          const shown = type === other ? shownName(name, Object.keys(object).indexOf(name)) : name;
          return type === undefined ? [] : [{ name, read: validateField(type, shown, actual, context) }];
        });
        const errors = fields.flatMap(({ read }) => (E.isLeft(read) ? read.left : []));
        const read = fields.flatMap(({ name, read }) => (E.isRight(read) ? [[name, read.right] as const] : []));
        // The types of the fields give the type of the object.
        return errors.length > 0 ? E.left(errors) : E.right(Object.fromEntries(read) as Read<S, R, O>);
      }),
    );

  return new Settings(scheme, validate, Object.keys(required), Object.keys(optional));
};

/**
 * How a problem names an unknown field. A name that is not only letters, `_` and `-` may be a secret in the wrong place:
 * it is replaced by the number of the field.
 */
const shownName = (name: string, index: number): string =>
  /^[a-z_-]{1,40}$/i.test(name) ? name : `field ${index + 1}`;

const validateField = (type: t.Mixed, name: string, value: unknown, context: t.Context): t.Validation<unknown> =>
  type.validate(value, t.appendContext(context, name, type, value)) as t.Validation<unknown>;

/** The type of no value. Its name ends in the message about a field with an unknown name. */
const notASetting = (names: readonly string[]): t.Mixed =>
  t.refinement(t.unknown, () => false, `one of the settings ${names.join(', ')}`);

/**
 * Refuses settings that contradict each other.
 *
 * @param contradictions the name of a field, and what is expected there
 */
export const consistent = <A>(
  type: Settings<A>,
  contradictions: (read: A) => readonly (readonly [field: keyof A & string, expected: string])[],
): Settings<A> =>
  new Settings(
    type.name,
    (value, context) =>
      pipe(
        type.validate(value, context),
        E.flatMap((read) => {
          const errors = contradictions(read).map(([field, expected]): t.ValidationError => {
            const named = text(expected, () => false);
            // A missing field has no value. The message must not say that it is missing.
            return { value: undefined, context: t.appendContext(context, field, named, read[field] ?? null) };
          });
          return errors.length > 0 ? E.left(errors) : E.right(read);
        }),
      ),
    type.required,
    type.optional,
  );

/** A text with a condition. The name says what is expected. */
export const text = (name: string, isValid: (text: string) => boolean): t.Type<string, unknown> =>
  t.refinement(t.string, isValid, name);
