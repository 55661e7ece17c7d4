import type { StoreFailure } from './store-failure';

/** Why an object that should exist was not read. */
export type ReadFailure = StoreFailure | { readonly kind: 'missing' };
