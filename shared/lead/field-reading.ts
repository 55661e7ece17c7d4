/**
 * What was read of one field of a lead. Fields are read leniently: a value that has one meaning is read, whatever its
 * notation is.
 */
export type FieldReading<A> =
  /** The sender gave no value. */
  | Readonly<{ kind: 'absent' }>
  /** `warning`: how the value differs from what was sent. */
  | Readonly<{ kind: 'read'; value: A; warning?: string }>
  /** `message`: what was expected. The value is never included. */
  | Readonly<{ kind: 'unreadable'; message: string }>;

export const absent: FieldReading<never> = { kind: 'absent' };

export const read = <A>(value: A): FieldReading<A> => ({ kind: 'read', value });

export const unreadable = (message: string): FieldReading<never> => ({ kind: 'unreadable', message });

/** A list of one value means the value. A list of several values has no single meaning. */
export const single = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);
