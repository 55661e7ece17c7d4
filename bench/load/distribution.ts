/** A distribution of times, in milliseconds. */
export type Distribution = Readonly<{ p50: number; p99: number; max: number }>;

/** The smallest value that at least this share of the values does not exceed (nearest rank), 0 without values. */
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;

/** @param values in milliseconds, in any order */
export const distributionOf = (values: readonly number[]): Distribution => {
  const sorted = [...values].sort((one, other) => one - other);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), max: sorted.at(-1) ?? 0 };
};
