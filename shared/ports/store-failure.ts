/** Why a store did not do what it was asked; every adapter translates its SDK's errors into one of these. */
export type StoreFailure =
  | { readonly kind: 'unavailable'; readonly store: string; readonly cause: string }
  | {
      readonly kind: 'unreadable';
      readonly store: string;
      readonly paths: readonly string[];
      /** The item of the table, by its keys: whoever has to mend it must find it. */
      readonly item?: Readonly<{ pk: string; sk: string }>;
    };

export const unavailable =
  (store: string) =>
  (cause: unknown): StoreFailure => ({
    kind: 'unavailable',
    store,
    cause: cause instanceof Error ? nameOf(cause) : 'unknown',
  });

/** A connection that is refused or reset is an `Error` like any other by its name; its code says what happened. */
const nameOf = (error: Error): string =>
  ['Error', 'AggregateError'].includes(error.name) && 'code' in error && typeof error.code === 'string'
    ? error.code
    : error.name;

/** @param paths places and what was expected there, never what was found */
export const unreadable = (
  store: string,
  ...paths: readonly string[]
): Extract<StoreFailure, { kind: 'unreadable' }> => ({
  kind: 'unreadable',
  store,
  paths,
});
