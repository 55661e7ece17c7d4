import type { LeadRef } from '../lead/lead-namespace';
import type { LeadSearch } from '../ports/lead-search';
import { partitionOf } from './partition-of';

/**
 * The number of partitions that one value has in each index of leads. All leads may have one status, or one owner, and a
 * partition takes 1,000 write units a second (docs/decisions/0038-a-search-value-has-8-partitions.md). 5,000 new leads a
 * second are 5,000 units in each of these indexes, or 625 in each of 8 partitions. Few leads have the same address.
 *
 * The number may grow at any time. If it shrinks, the leads in the partitions that are left out are not found.
 */
export const searchShards = { email: 1, owner: 8, status: 8 } as const satisfies Record<LeadSearch['by'], number>;

/**
 * The first one is the value itself, as in earlier versions, so that their leads are found, too. No value has the
 * control character, because `searchKey` removes it.
 */
const partition = (value: string, shard: number): string => (shard === 0 ? value : `${value}\u001f${shard}`);

/** The partition of a lead in an index. */
export const searchPartition = (by: LeadSearch['by'], value: string, { leadId, namespace }: LeadRef): string =>
  partition(value, partitionOf(`${leadId}/${namespace}`, searchShards[by]));

/** All partitions of what is searched for. */
export const searchPartitions = ({ by, value }: Pick<LeadSearch, 'by' | 'value'>): readonly string[] =>
  Array.from({ length: searchShards[by] }, (_, shard) => partition(value, shard));
