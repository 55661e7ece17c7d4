import { counted } from '../../../shared/operations/views/counted';

export { counted };

/** A whole number with separators: `12,400`. */
export const whole = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** A short number for an axis or a navigation: `940`, `12.4k`, `1.2M`. */
export const short = (value: number): string =>
  value < 10_000 ? whole(value) : value.toLocaleString('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** A size: `214 bytes`, `12.4 KiB`. */
export const bytes = (value: number): string =>
  value < 1024 ? counted(value, 'byte') : `${(value / 1024).toFixed(1)} KiB`;
