import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type * as t from 'io-ts';
import { jsonObject } from '../codecs/json-object';
import { secretFilter } from '../codecs/secret-filter';
import { problemText, validationProblems } from '../codecs/validation-problem';
import { sharedSecret } from './schemes/shared-secret';

/** Who may send leads, and how we know that it is them: a closed union by `kind`, with a file for each kind. */
export const source = sharedSecret;

export type Source = t.TypeOf<typeof source>;

/** An entry of the sources secret that is no source. Its senders can't be known; others are none the worse for it. */
export type UnreadableSource = Readonly<{ kind: 'unreadable'; problems: readonly string[] }>;

/** The content of the sources secret: sources by their id. */
export type Sources = Readonly<Record<string, Source | UnreadableSource>>;

/**
 * Reads the sources secret, each entry on its own.
 *
 * @returns the sources, and what is wrong with entries, by their places and never by what they hold
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
  // An id that is none may be something else in the wrong place, such as a secret: it is named by its place.
  if (!isId(id)) return unreadableSource(`entry ${index + 1} must have an id of 1 to 64 characters`);
  return pipe(
    jsonObject.decode(entry),
    E.flatMap((object) => source.decode(object)),
    E.match(
      (errors) =>
        unreadableSource(
          ...validationProblems(errors).map(({ path, message }) =>
            problemText({ path: path === '' ? id : `${id}.${path}`, message }),
          ),
        ),
      (decoded) =>
        // Both are in the table, in object metadata and in answers.
        [id, decoded.lead_namespace ?? ''].some(secretFilter(decoded.secrets).isIn)
          ? unreadableSource(`entry ${index + 1} must not have its secret in its id or lead_namespace`)
          : decoded,
    ),
  );
};

/** It becomes metadata of raw objects, where S3 has 2 KB, of well-formed text. */
const isId = (id: string): boolean => id !== '' && id.length <= 64 && id.isWellFormed();

const unreadableSource = (...problems: readonly string[]): UnreadableSource => ({ kind: 'unreadable', problems });
