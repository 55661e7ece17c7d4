import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type * as t from 'io-ts';
import { isDeepStrictEqual } from 'node:util';
import { ownField } from '../codecs/own-fields';
import { secretFilter } from '../codecs/secret-filter';
import { problemText, validationProblems } from '../codecs/validation-problem';
import type { Auth } from './auth';
import { type Source, source } from './source';

/** An invalid entry of the sources secret. Its senders are not authenticated; other sources are not affected. */
export type UnreadableSource = Readonly<{ problems: readonly string[] }>;

/** The content of the sources secret: sources by their id. */
export type Sources = Readonly<Record<string, Source | UnreadableSource>>;

/** The entry of a source: `undefined` if there is none. */
export const entryOf = (sources: Sources, id: string): Source | UnreadableSource | undefined => ownField(sources, id);

export const isUnreadable = (entry: Source | UnreadableSource): entry is UnreadableSource => 'problems' in entry;

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
    problems: read.flatMap(([, one]) => (isUnreadable(one) ? one.problems : [])),
  };
};

/**
 * The sources with what senders may still authenticate by: the previous version of the sources secret. A source that the
 * current version does not have, or whose scheme has changed, is not accepted by its previous entry.
 *
 * @param previous `unknown` if the previous version could not be read
 */
export const withPrevious = (current: Sources, previous: Sources | 'unknown'): Sources =>
  Object.fromEntries(
    Object.entries(current).map(([id, entry]): [string, Source | UnreadableSource] => {
      if (isUnreadable(entry)) return [id, entry];
      const before = previous === 'unknown' ? 'unknown' : previousAuth(entry, previous[id]);
      return [id, before === undefined ? entry : { ...entry, previous: before }];
    }),
  );

/** `undefined` if the current entry accepts every sender that the previous one accepts. */
const previousAuth = ({ auth }: Source, before: Source | UnreadableSource | undefined): Auth | undefined => {
  if (before === undefined || isUnreadable(before) || before.auth.scheme !== auth.scheme) return undefined;
  const hasSameSettings = isDeepStrictEqual(withoutSecrets(before.auth), withoutSecrets(auth));
  const isSame = hasSameSettings && before.auth.secrets.every((secret) => auth.secrets.includes(secret));
  return isSame ? undefined : before.auth;
};

/** The other settings, such as the user or the header: a sender that changes to a new one needs time, too. */
const withoutSecrets = (auth: Auth): object => ({ ...auth, secrets: [] });

const sourceFrom = (id: string, entry: unknown, index: number): Source | UnreadableSource => {
  // An invalid id may be a secret in the wrong place, so the problem names the entry by its number.
  if (!isId(id)) return unreadableSource(`entry ${index + 1} must have an id of 1 to 64 characters`);
  return pipe(
    source.decode(entry),
    E.match(
      (errors) => unreadableSource(...problemsOf(id, errors)),
      (read) => withoutSecretInName(id, read, index),
    ),
  );
};

/** The table, the metadata of objects and answers contain the id and the namespace. */
const withoutSecretInName = (id: string, read: Source, index: number): Source | UnreadableSource =>
  [id, read.lead_namespace ?? ''].some(secretFilter(read.auth.secrets).isIn)
    ? unreadableSource(`entry ${index + 1} must not have its secret in its id or lead_namespace`)
    : read;

const problemsOf = (id: string, errors: t.Errors): readonly string[] =>
  validationProblems(errors).map(({ path, message }) =>
    problemText({ path: path === '' ? id : `${id}.${path}`, message }),
  );

/** The id becomes metadata of raw objects: S3 allows 2 KB of well-formed text for all metadata of an object. */
const isId = (id: string): boolean => id !== '' && id.length <= 64 && id.isWellFormed();

const unreadableSource = (...problems: readonly string[]): UnreadableSource => ({ problems });
