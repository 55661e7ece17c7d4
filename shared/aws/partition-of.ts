import { sha256 } from '../codecs/sha-256';

/** Chooses one of a number of partitions by a text: always the same one for the same text, and all of them equally often. */
export const partitionOf = (text: string, partitions: number): number =>
  Number.parseInt(sha256(text).slice(0, 4), 16) % partitions;
