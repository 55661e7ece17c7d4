/** A number with its noun: `1 lead`, `34 leads`, `1,200 bodies`. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${value.toLocaleString('en-US', { maximumFractionDigits: 0 })} ${value === 1 ? one : many}`;
