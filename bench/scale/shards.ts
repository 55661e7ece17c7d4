/** The number of partitions of the index of pending events. */
export const pendingShards = 1;
