import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type * as t from 'io-ts';
import { createHash } from 'node:crypto';
import { parseJson } from '../codecs/json-text';

type BadCursor = Readonly<{ kind: 'bad-cursor' }>;

/**
 * Identifies a search in its cursors. What was searched for is hashed, because it may be an e-mail address and a cursor
 * is part of a URL.
 */
export const searchName = (kind: string, searched: string): string =>
  `${kind}:${createHash('sha256').update(searched).digest('base64url').slice(0, 22)}`;

/** A cursor: where a page of a search ended, as text for a URL. */
export const cursorOf = (place: Readonly<{ search: string } & Record<string, unknown>>): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/**
 * Reads a cursor of the search with this name.
 *
 * @returns `undefined` if there is no cursor: the page is the first one
 */
export const placeIn = <Place extends Readonly<{ search: string }>>(
  codec: t.Decoder<unknown, Place>,
  search: string,
  cursor: string | undefined,
): E.Either<BadCursor, Place | undefined> =>
  cursor === undefined
    ? E.right(undefined)
    : pipe(
        parseJson(Buffer.from(cursor, 'base64url').toString()),
        E.flatMap((json): E.Either<unknown, Place> => codec.decode(json)),
        E.filterOrElseW(
          (place) => place.search === search,
          () => 'of another search',
        ),
        E.mapLeft(() => ({ kind: 'bad-cursor' as const })),
      );
