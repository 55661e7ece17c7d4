/** A number with its thing in the singular or the plural: `1 dead letter`, `1,200 dead letters`. */
export const counted = (count: number, thing: string): string =>
  `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
