import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { instant } from '../codecs/instant';
import { leadId } from '../lead/lead-id';
import { leadNamespace } from '../lead/lead-namespace';
import type { LeadSearch } from '../ports/lead-search';
import { cursorOf, placeIn, searchName } from './search-cursor';
import { leadKey } from './table-keys';

type Key = Record<string, AttributeValue>;

/** The place where a page ended, with its search, because DynamoDB refuses or misreads a key of another index. */
const cursor = t.type({ search: t.string, lead_id: leadId, namespace: leadNamespace, updated_at: instant });

const nameOf = ({ by, value }: LeadSearch): string => searchName(by, value);

/** The cursor of the page that starts after a key. */
export const cursorAfter = (search: LeadSearch, key: Key): string => {
  const { pk, sk, updated_at } = unmarshall(key);
  return cursorOf({
    search: nameOf(search),
    lead_id: String(pk).replace(/^LEAD#/, ''),
    namespace: String(sk).replace(/^LEAD#/, ''),
    updated_at: String(updated_at),
  });
};

/** The key after which the page of a search starts. `undefined` for the first page. */
export const startKey = (search: LeadSearch): E.Either<{ kind: 'bad-cursor' }, Key | undefined> =>
  pipe(
    placeIn(cursor, nameOf(search), search.cursor),
    E.map((place) => (place === undefined ? undefined : keyOf(search, place))),
  );

const keyOf = ({ by, value }: LeadSearch, { lead_id, namespace, updated_at }: t.TypeOf<typeof cursor>): Key =>
  marshall({ ...leadKey({ leadId: lead_id, namespace }), [`${by}_key`]: value, updated_at });
