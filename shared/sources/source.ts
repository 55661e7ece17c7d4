import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { jsonObject } from '../codecs/json-object';
import { secretFilter } from '../codecs/secret-filter';
import { problemText, validationProblems } from '../codecs/validation-problem';
import { sharedSecret } from './schemes/shared-secret';

/**
 * The ways in which a source can authenticate, by the `kind` of its entry. To add one, for example a signature:
 *
 * - a file in schemes/ with the codec of the entry, and a function that checks the credentials of a request;
 * - an entry here;
 * - a case in `isProvedBy` (authenticate.ts), which the compiler asks for.
 */
const schemes = { 'shared-secret': sharedSecret } as const;

/** A source that may send leads: a closed union by `kind`. */
export type Source = t.TypeOf<(typeof schemes)[keyof typeof schemes]>;

const ofKnownKind = t.type({ kind: t.keyof(schemes) });

export const source = new t.Type<Source, Source, unknown>(
  'Source',
  (value): value is Source => Object.values(schemes).some((scheme) => scheme.is(value)),
  (value, context) =>
    pipe(
      ofKnownKind.validate(value, context),
      E.flatMap(({ kind }) => {
        const scheme = schemes[kind];
        // An empty key, because the scheme describes the same place of the document.
        return scheme.validate(value, t.appendContext(context, '', scheme, value));
      }),
    ),
  t.identity,
);

/** An invalid entry of the sources secret. Its senders are not authenticated; other sources are not affected. */
type UnreadableSource = Readonly<{ kind: 'unreadable'; problems: readonly string[] }>;

/** The content of the sources secret: sources by their id. */
export type Sources = Readonly<Record<string, Source | UnreadableSource>>;

/**
 * Reads the sources secret. An invalid entry does not affect the others.
 *
 * @returns the sources, and the problems of invalid entries: places and expectations, never values
 */
export const sourcesFrom = (
  entries: Readonly<Record<string, unknown>>,
): Readonly<{ sources: Sources; problems: readonly string[] }> => {
  const read = Object.entries(entries).map(([id, entry], index) => [id, sourceFrom(id, entry, index)] as const);
  return {
    sources: Object.fromEntries(read.filter(([id]) => id !== '')),
    problems: read.flatMap(([, one]) => (one.kind === 'unreadable' ? one.problems : [])),
  };
};

const sourceFrom = (id: string, entry: unknown, index: number): Source | UnreadableSource => {
  // An invalid id may be a secret in the wrong place, so the problem names the entry by its number.
  if (!isId(id)) return unreadableSource(`entry ${index + 1} must have an id of 1 to 64 characters`);
  const decoded = pipe(
    jsonObject.decode(entry),
    E.flatMap((object) => source.decode(object)),
  );
  if (E.isLeft(decoded)) return unreadableSource(...problemsOf(id, decoded.left));
  const { secrets, lead_namespace = '' } = decoded.right;
  // The table, the metadata of objects and answers contain both.
  return [id, lead_namespace].some(secretFilter(secrets).isIn)
    ? unreadableSource(`entry ${index + 1} must not have its secret in its id or lead_namespace`)
    : decoded.right;
};

const problemsOf = (id: string, errors: t.Errors): readonly string[] =>
  validationProblems(errors).map(({ path, message }) =>
    problemText({ path: path === '' ? id : `${id}.${path}`, message }),
  );

/** The id becomes metadata of raw objects: S3 allows 2 KB of well-formed text for all metadata of an object. */
const isId = (id: string): boolean => id !== '' && id.length <= 64 && id.isWellFormed();

const unreadableSource = (...problems: readonly string[]): UnreadableSource => ({ kind: 'unreadable', problems });
