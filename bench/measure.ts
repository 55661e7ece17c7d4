/** Median and quartiles of a sample. */
export type Spread = Readonly<{ q1: number; median: number; q3: number }>;

/** A row of the table. A bound that is missed fails the run. A count has no quartiles. */
export type Row = Readonly<{
  what: string;
  unit: string;
  measured: Spread | number;
  atMost?: number;
  atLeast?: number;
}>;

/** The answer to one question: what is compared, and how. */
export type Answer = Readonly<{ title: string; about: string; rows: readonly Row[] }>;

/** The rounds of a run that writes the page. */
export const fullRounds = 15;
export const warmUps = 2;

/** The value below which this share of a sorted sample is, interpolated between its two neighbours. */
const quantile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
};

/** Median and quartiles of values in any order. NaN without values. */
export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((one, other) => one - other);
  return { q1: quantile(sorted, 0.25), median: quantile(sorted, 0.5), q3: quantile(sorted, 0.75) };
};

/** The median of values in any order. NaN without values. */
export const median = (values: readonly number[]): number => spreadOf(values).median;

/** The ratio in each round, so that a change of the machine's load between rounds affects both sides. */
export const ratioOf = (values: readonly number[], others: readonly number[]): Spread =>
  spreadOf(values.map((value, round) => value / (others[round] ?? NaN)));

/**
 * Measures variants in turn, so that all of them meet the same load of the machine.
 *
 * @returns the values of each variant after the warm-ups, in the order of the rounds
 */
export const interleaved = async <Name extends string>(
  variants: Readonly<Record<Name, () => Promise<number>>>,
  count: number,
): Promise<Readonly<Record<Name, readonly number[]>>> => {
  const names = Object.keys(variants) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -warmUps; round < count; round++) {
    for (const name of names) {
      const value = await variants[name]();
      if (round >= 0) values[name].push(value);
    }
  }
  return values;
};

const typical = ({ measured }: Row): number => (typeof measured === 'number' ? measured : measured.median);

/** Whether a row can miss a bound. */
export const hasBound = ({ atMost, atLeast }: Row): boolean => atMost !== undefined || atLeast !== undefined;

/** A value that is no number misses each bound. */
export const isMissed = (row: Row): boolean =>
  hasBound(row) && !(typical(row) <= (row.atMost ?? Infinity) && typical(row) >= (row.atLeast ?? -Infinity));
