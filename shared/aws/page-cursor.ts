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
import { searchPartitions } from './search-partitions';
import { leadKey, leadPrefix } from './table-keys';

type Key = Record<string, AttributeValue>;

/** How far a search has come in a partition: nowhere, after the lead with this key, or to the end. */
export type Place = 'start' | Key | 'end';

const storedPlace = t.union([t.literal('start'), t.literal('end'), t.tuple([leadId, leadNamespace, instant])]);

type StoredPlace = t.TypeOf<typeof storedPlace>;

/** The places where a page ended, with its search, because DynamoDB refuses or misreads a key of another index. */
const cursor = t.type({ search: t.string, places: t.readonlyArray(storedPlace) });

const nameOf = ({ by, value }: LeadSearch): string => searchName(by, value);

/**
 * The cursor of the page that starts at these places.
 *
 * @param places one for each of `searchPartitions`, in the same order
 * @returns `undefined` if the search is at its end
 */
export const cursorAt = (search: LeadSearch, places: readonly Place[]): string | undefined =>
  places.every((place) => place === 'end')
    ? undefined
    : cursorOf({ search: nameOf(search), places: places.map(toStored) });

const toStored = (place: Place): StoredPlace => {
  if (place === 'start' || place === 'end') return place;
  const { pk, sk, updated_at } = unmarshall(place);
  const [id, namespace] = [pk, sk].map((text) => String(text).slice(leadPrefix.length));
  return [id, namespace, updated_at] as StoredPlace;
};

/** The place in each partition at which the page of a search starts. */
export const placesOf = (search: LeadSearch): E.Either<{ kind: 'bad-cursor' }, readonly Place[]> => {
  const partitions = searchPartitions(search);
  return pipe(
    placeIn(cursor, nameOf(search), search.cursor),
    E.map((at) => at?.places ?? partitions.map(() => 'start' as const)),
    E.filterOrElse(
      ({ length }) => length === partitions.length,
      () => ({ kind: 'bad-cursor' as const }),
    ),
    E.map((places) => places.map((place, index) => fromStored(search, partitions[index] ?? '', place))),
  );
};

const fromStored = ({ by }: LeadSearch, partition: string, place: StoredPlace): Place => {
  if (place === 'start' || place === 'end') return place;
  const [leadId, namespace, updated_at] = place;
  return marshall({ ...leadKey({ leadId, namespace }), [`${by}_key`]: partition, updated_at });
};
