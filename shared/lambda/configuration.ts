import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';

/** A setting that must be present and not empty. */
export const text = t.refinement(t.string, (value) => value !== '', 'text that is not empty');

/** A setting that is a whole number of at most 9 digits, not negative. */
export const count = new t.Type<number, string>(
  'a whole number',
  (value): value is number => typeof value === 'number',
  (value, context) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? t.success(Number(value)) : t.failure(value, context),
  String,
);

/**
 * Reads a function's settings from its environment.
 *
 * @throws an Error that names every missing or invalid setting, never its value
 */
export const configuration = <A>(settings: t.Decoder<unknown, A>): A =>
  pipe(
    settings.decode(process.env),
    E.getOrElse((errors): A => {
      const wrong = errors.map(({ context }) => `${context.at(-1)?.key ?? ''} (${context.at(-1)?.type.name ?? ''})`);
      throw new Error(`Set these environment variables of the function in template.yaml: ${wrong.join(', ')}`);
    }),
  );
