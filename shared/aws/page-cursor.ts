import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { createHash } from 'node:crypto';
import { instant } from '../codecs/instant';
import { parseJson } from '../codecs/json-text';
import { leadId } from '../lead/lead-id';
import { leadNamespace } from '../lead/lead-namespace';
import type { LeadSearch } from '../ports/lead-search';
import { leadKey } from './table-keys';

type Key = Record<string, AttributeValue>;

/**
 * The place where a page ended, and its search, because DynamoDB refuses or misreads a key of another index. The search
 * is hashed, because its value may be an e-mail address and a cursor is part of a URL.
 */
const cursor = t.type({ search: t.string, lead_id: leadId, namespace: leadNamespace, updated_at: instant });

const nameOf = ({ by, value }: LeadSearch): string =>
  `${by}:${createHash('sha256').update(value).digest('base64url').slice(0, 22)}`;

/** The cursor of the page that starts after a key. */
export const cursorAfter = (search: LeadSearch, key: Key): string => {
  const { pk, sk, updated_at } = unmarshall(key);
  return Buffer.from(
    JSON.stringify({
      search: nameOf(search),
      lead_id: String(pk).replace(/^LEAD#/, ''),
      namespace: String(sk).replace(/^LEAD#/, ''),
      updated_at: String(updated_at),
    }),
  ).toString('base64url');
};

/** The key after which the page of a search starts. `undefined` for the first page. */
export const startKey = (search: LeadSearch): E.Either<{ kind: 'bad-cursor' }, Key | undefined> =>
  search.cursor === undefined
    ? E.right(undefined)
    : pipe(
        parseJson(Buffer.from(search.cursor, 'base64url').toString()),
        E.flatMap((json): E.Either<unknown, t.TypeOf<typeof cursor>> => cursor.decode(json)),
        E.filterOrElseW(
          (place) => place.search === nameOf(search),
          () => 'of another search',
        ),
        E.bimap(
          () => ({ kind: 'bad-cursor' as const }),
          ({ lead_id, namespace, updated_at }) =>
            marshall({ ...leadKey({ leadId: lead_id, namespace }), [`${search.by}_key`]: search.value, updated_at }),
        ),
      );
