const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Numbers as one line of bars, which are relative to the highest number. 0 is a dot. */
export const sparkline = (values: readonly number[]): string => {
  const highest = Math.max(...values, 1);
  return values
    .map((value) => (value === 0 ? '·' : (bars[Math.ceil((value / highest) * bars.length) - 1] ?? '')))
    .join('');
};
