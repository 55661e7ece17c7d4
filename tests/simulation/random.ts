/** A stream of choices. The same seed gives the same choices on every machine. */
export type Random = Readonly<{
  /** From 0 up to, not including, 1. */
  unit: () => number;
  between: (min: number, max: number) => number;
  /** A whole number from `min` to `max`, both included. */
  whole: (min: number, max: number) => number;
  chance: (probability: number) => boolean;
  pick: <A>(from: readonly A[]) => A;
  shuffle: <A>(items: readonly A[]) => A[];
}>;

/** sfc32, the small fast counting generator of PractRand. */
export const randomFrom = (seed: number): Random => {
  let a = 0x9e3779b9;
  let b = seed | 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round += 1) next();

  const whole = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    unit: next,
    between: (min, max) => min + next() * (max - min),
    whole,
    chance: (probability) => next() < probability,
    pick: (from) => from[whole(0, from.length - 1)]!,
    shuffle: (items) => {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = whole(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
      }
      return shuffled;
    },
  };
};
