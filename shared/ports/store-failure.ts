/** Why a call of a store failed. Adapters translate the errors of the SDK into a store failure. */
export type StoreFailure =
  /** The store did not answer, or refused the call. `cause`: the name or code of the error. */
  | { readonly kind: 'unavailable'; readonly store: string; readonly cause: string }
  /** The store returned what this code cannot decode. */
  | {
      readonly kind: 'unreadable';
      readonly store: string;
      /** Places, and what was expected there. Never what was found. */
      readonly paths: readonly string[];
      /** The keys of the item, so that an operator can find it. */
      readonly item?: Readonly<{ pk: string; sk: string }>;
    };

/** Makes a failure from an error. The message of the error is left out, because it may have data of a lead. */
export const unavailable =
  (store: string) =>
  (cause: unknown): StoreFailure => ({
    kind: 'unavailable',
    store,
    cause: cause instanceof Error ? nameOf(cause) : 'unknown',
  });

/** The name of a refused or reset connection is `Error`, so that its code is used. */
const nameOf = (error: Error): string =>
  ['Error', 'AggregateError'].includes(error.name) && 'code' in error && typeof error.code === 'string'
    ? error.code
    : error.name;

/** @param paths places, and what was expected there. Never what was found */
export const unreadable = (
  store: string,
  ...paths: readonly string[]
): Extract<StoreFailure, { kind: 'unreadable' }> => ({
  kind: 'unreadable',
  store,
  paths,
});
