import type { StoreFailure } from '../ports/store-failure';

/** A store's failure, where a command can only end with it. */
export class StoreError extends Error {
  constructor(readonly failure: StoreFailure) {
    super(
      failure.kind === 'unavailable'
        ? `The ${failure.store} store did not do it: ${failure.cause}. Nothing is lost; run the command again.`
        : `A record of the ${failure.store} store can't be read: ${failure.paths.join(', ')}`,
    );
    this.name = 'StoreError';
  }
}
