import type { StoreFailure } from './store-failure';

/** What a store says of an object that should be there. */
export type ReadFailure = StoreFailure | { readonly kind: 'missing' };
