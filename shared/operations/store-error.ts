import type { StoreFailure } from '../ports/store-failure';

/** The failure of a store as an exception, for commands that can only end with it. */
export class StoreError extends Error {
  constructor(readonly failure: StoreFailure) {
    super(
      failure.kind === 'unavailable'
        ? `The ${failure.store} store failed: ${failure.cause}. No data is lost. Run the command again.`
        : `A record in the ${failure.store} store cannot be decoded: ${failure.paths.join(', ')}. ` +
            'Correct the record, then run the command again.',
    );
    this.name = 'StoreError';
  }
}
